using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.MacdCrossover;

namespace MaoTrade.Tests.Contracts;

public sealed class MacdCrossoverStateContract : SystemStateContract
{
    protected override string Parameters => """{"fast_period":3,"slow_period":8,"stop_percent":1}""";

    protected override TradingSystem Make() => new MacdCrossoverSystem();
}
