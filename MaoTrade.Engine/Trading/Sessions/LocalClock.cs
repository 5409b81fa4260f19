namespace MaoTrade.Engine.Trading.Sessions;

/// <summary>What a clock on the wall of a time zone means in UTC, also on the two days a year when it is moved.</summary>
public static class LocalClock
{
    /// <summary>
    /// The moment at which the clock shows a time of a day for the first time. A time that is skipped means the moment of
    /// the change; <paramref name="afterMidnight"/> may go beyond 24 hours.
    /// </summary>
    public static DateTimeOffset First(TimeZoneInfo zone, DateOnly date, TimeSpan afterMidnight) =>
        Moment(zone, date, afterMidnight, offsets => offsets.Max());

    /// <summary>The same for the last time: in the hour that comes twice, the second one.</summary>
    public static DateTimeOffset Last(TimeZoneInfo zone, DateOnly date, TimeSpan afterMidnight) =>
        Moment(zone, date, afterMidnight, offsets => offsets.Min());

    /// <summary>The date on the wall at a moment.</summary>
    public static DateOnly DateOf(TimeZoneInfo zone, DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    private static DateTimeOffset Moment(TimeZoneInfo zone, DateOnly date, TimeSpan afterMidnight, Func<TimeSpan[], TimeSpan> choose)
    {
        var shown = date.ToDateTime(TimeOnly.MinValue) + afterMidnight;

        // Clocks are moved at whole minutes: the first minute that exists again is the moment of the change.
        while (zone.IsInvalidTime(shown))
        {
            shown = shown.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(shown) ? choose(zone.GetAmbiguousTimeOffsets(shown)) : zone.GetUtcOffset(shown);
        return new DateTimeOffset(shown, offset).ToUniversalTime();
    }
}
