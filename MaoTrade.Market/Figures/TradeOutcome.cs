namespace MaoTrade.Market.Figures;

/// <summary>What a closed trade brought.</summary>
/// <param name="Pnl">Profit, negative for a loss.</param>
/// <param name="Fees">Fees of its opening and its closing; null where they are not known.</param>
public readonly record struct TradeOutcome(decimal Pnl, decimal? Fees);
