using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Futm;

namespace MaoTrade.Tests.Contracts;

public sealed class FutmStateContract : SystemStateContract
{
    protected override string Parameters => """{"signal":"BUY","qty":3}""";

    protected override TradingSystem Make() => new FutmSystem();
}
