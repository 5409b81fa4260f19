using System.Globalization;

namespace MaoTrade.Market.Charts.Scales;

/// <summary>A length of calendar time, UTC, at whose beginnings an axis may have a tick.</summary>
/// <param name="Of">The number of the one that holds a moment.</param>
/// <param name="Format">How its beginning is told.</param>
internal sealed record TimeUnit(Func<long, long> Of, string Format)
{
    private const long Minute = 60;
    private const long Hour = 3_600;
    private const long Day = 86_400;

    /// <summary>The first day of a week, Monday, falls on day 4 after Thursday, 1 January 1970.</summary>
    private const long Monday = 4 * Day;

    /// <summary>From the shortest to the longest.</summary>
    public static IReadOnlyList<TimeUnit> All { get; } =
    [
        .. new[] { 1, 5, 15, 30 }.Select(minutes => Each(minutes * Minute)),
        .. new[] { 1, 2, 4, 6, 12 }.Select(hours => Each(hours * Hour)),
        new(moment => FloorDiv(moment, Day), "d MMM"),
        new(moment => FloorDiv(moment, 2 * Day), "d MMM"),
        new(moment => FloorDiv(moment, 4 * Day), "d MMM"),
        new(moment => FloorDiv(moment - Monday, 7 * Day), "d MMM"),
        new(moment => FloorDiv(moment - Monday, 14 * Day), "d MMM"),
        .. new[] { 1, 2, 3, 6 }.Select(months => new TimeUnit(moment => MonthOf(moment) / months, "MMM")),
        .. new[] { 1, 2, 5, 10, 20, 50, 100 }.Select(years => new TimeUnit(moment => MonthOf(moment) / (12 * years), "yyyy")),
    ];

    /// <summary>A moment with its date and, within a day, its time.</summary>
    public static string Whole(long moment) => moment % Day == 0 ? Write(moment, "d MMM yyyy") : Write(moment, "d MMM yyyy HH:mm");

    /// <summary>A tick's text: shorter ones say the day, the year where it is another than at the tick before.</summary>
    public string Text(long moment, long? before)
    {
        var isShort = Format == "HH:mm";
        if (isShort && (before is null || FloorDiv(moment, Day) != FloorDiv(before.Value, Day)))
        {
            return Write(moment, moment % Day == 0 ? "d MMM" : "d MMM HH:mm");
        }

        return !isShort && Format != "yyyy" && (before is null || MonthOf(moment) / 12 != MonthOf(before.Value) / 12)
            ? Write(moment, Format == "MMM" ? "MMM yyyy" : "d MMM yyyy")
            : Write(moment, Format);
    }

    private static TimeUnit Each(long seconds) => new(moment => FloorDiv(moment, seconds), "HH:mm");

    private static string Write(long moment, string format) =>
        DateTimeOffset.FromUnixTimeSeconds(moment).UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private static long MonthOf(long moment)
    {
        var date = DateTimeOffset.FromUnixTimeSeconds(moment).UtcDateTime;
        return (date.Year * 12) + date.Month - 1;
    }

    private static long FloorDiv(long value, long by) => value >= 0 ? value / by : ((value + 1) / by) - 1;
}
