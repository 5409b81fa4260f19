using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Swing;

namespace MaoTrade.Tests.Contracts;

public sealed class SwingStateContract : SystemStateContract
{
    protected override string Parameters => """{"trend_period":20,"entry_period":9,"exit_period":5,"atr_period":7,"short":true,"sizing_mode":"risk","sizing_value":0.01}""";

    protected override TradingSystem Make() => new SwingSystem();
}
