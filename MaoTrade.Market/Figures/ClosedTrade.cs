namespace MaoTrade.Market.Figures;

/// <summary>A fill that closed some of a position, and when.</summary>
/// <param name="At">Market time of the fill.</param>
/// <param name="Pnl">What it brought, in the account's currency: after fees in a system test, as the broker tells it of a live account.</param>
/// <param name="Fees">Fees of its opening and its closing; null where they are not known.</param>
public readonly record struct ClosedTrade(DateTimeOffset At, decimal Pnl, decimal? Fees = null);
