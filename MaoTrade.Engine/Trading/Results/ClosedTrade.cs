namespace MaoTrade.Engine.Trading.Results;

/// <summary>A fill that closed some of a position.</summary>
/// <param name="At">Market time.</param>
/// <param name="Pnl">What it brought, in the account's currency; fees are in it where the broker says so.</param>
public readonly record struct ClosedTrade(DateTimeOffset At, decimal Pnl);
