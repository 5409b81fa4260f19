namespace MaoTrade.Engine.Trading.Sessions;

/// <summary>A stretch of a market's week, in the market's own time.</summary>
/// <param name="Days">Days on which it opens.</param>
/// <param name="Open">Time of the day it opens.</param>
/// <param name="Close">
/// Time after the midnight before <paramref name="Open"/> at which it closes, up to 24 hours after it: beyond 24:00 on the next day.
/// </param>
public sealed record SessionWindow(IReadOnlyCollection<DayOfWeek> Days, TimeSpan Open, TimeSpan Close);
