using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Scalping;

namespace MaoTrade.Tests.Contracts;

public sealed class ScalpingStateContract : SystemStateContract
{
    protected override string Parameters => """{"fast_period":3,"slow_period":8,"rsi_period":6,"max_bars":4,"sizing_mode":"risk","sizing_value":0.01}""";

    protected override TradingSystem Make() => new ScalpingSystem();
}
