using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Futc;

namespace MaoTrade.Tests.Contracts;

public sealed class FutcStateContract : SystemStateContract
{
    protected override string Parameters => """{"signal":"SELL","qty":3,"window_from":"02:00","window_to":"02:30"}""";

    protected override TradingSystem Make() => new FutcSystem();
}
