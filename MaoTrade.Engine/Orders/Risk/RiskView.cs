namespace MaoTrade.Engine.Orders.Risk;

/// <summary>What the risk gate looks at: figures of the account at the moment of an order.</summary>
/// <param name="PositionQty">
/// Signed position of the order's epic; working and unknown orders of the order's own direction counted as filled.
/// </param>
/// <param name="OpenPositions">Other epics with a position, working and unknown openings included.</param>
/// <param name="OrdersLastMinute">Orders made within the last 60 seconds.</param>
/// <param name="LastPrice">Last price of the epic, null when none was seen.</param>
/// <param name="Equity">Equity now, null when the broker has not told it.</param>
/// <param name="DayStartEquity">Equity when the day began.</param>
/// <param name="DayPeakEquity">Highest equity of the day.</param>
/// <param name="LocalTime">Market time in the account's time zone, null before the broker told it.</param>
/// <param name="IsPriceStale">Whether the epic's market data is missing for too long.</param>
public readonly record struct RiskView(
    decimal PositionQty, int OpenPositions, int OrdersLastMinute, decimal? LastPrice,
    decimal? Equity, decimal? DayStartEquity, decimal? DayPeakEquity, TimeOnly? LocalTime, bool IsPriceStale = false);
