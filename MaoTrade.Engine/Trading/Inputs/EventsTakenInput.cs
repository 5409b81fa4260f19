namespace MaoTrade.Engine.Trading.Inputs;

/// <summary>The gateway has events; their rows may go.</summary>
public sealed record EventsTakenInput(IReadOnlyList<long> Numbers) : TradeInput;
