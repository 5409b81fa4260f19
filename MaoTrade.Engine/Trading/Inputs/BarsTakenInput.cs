using MaoTrade.Engine.Gateway;

namespace MaoTrade.Engine.Trading.Inputs;

/// <summary>The gateway has bars; their rows may go, with the next bar that is stored: that alone is worth no commit.</summary>
public sealed record BarsTakenInput(IReadOnlyList<TakenBars> Bars) : TradeInput;
