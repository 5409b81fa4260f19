using System.Collections.Frozen;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading.Sessions;

/// <summary>
/// When a market is open: weekly windows in its own time zone, less holidays. Windows that touch or overlap are one.
/// In the hour that comes twice in autumn a window opens at its first and closes at its second occurrence; one that lies
/// wholly in the hour skipped in spring does not open. Immutable.
/// </summary>
public sealed class MarketHours
{
    /// <summary>How long before a change <see cref="TradingTime.ToOpen"/> and <see cref="TradingTime.ToClose"/> begin.</summary>
    public static readonly TimeSpan Nearness = TimeSpan.FromMinutes(5);

    // Beyond it a market counts as never opening or never closing.
    private const int SearchDays = 400;

    private readonly TimeZoneInfo _zone;
    private readonly SessionWindow[] _windows;
    private readonly FrozenSet<DateOnly> _holidays;

    /// <summary>Hours of a market.</summary>
    /// <param name="zone">The market's time zone.</param>
    /// <param name="windows">When it opens and closes.</param>
    /// <param name="holidays">Days, in the market's time, on which no window opens.</param>
    public MarketHours(TimeZoneInfo zone, IEnumerable<SessionWindow> windows, IEnumerable<DateOnly> holidays)
    {
        _zone = zone;
        _windows = [.. windows.OrderBy(window => window.Open)];
        _holidays = holidays.ToFrozenSet();
    }

    /// <summary>Where the market stands at a moment; the moment of opening is open, that of closing is closed.</summary>
    public TradingTime At(DateTimeOffset moment)
    {
        foreach (var (opens, closes) in Intervals(moment, 3))
        {
            if (closes <= moment)
            {
                continue;
            }

            return opens <= moment
                ? closes - moment <= Nearness ? TradingTime.ToClose : TradingTime.Open
                : opens - moment <= Nearness ? TradingTime.ToOpen : TradingTime.Close;
        }

        return TradingTime.Close;
    }

    /// <summary>Whether the market is open at any moment of [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public bool IsOpenWithin(DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var (opens, closes) in Intervals(from, DaysUntil(from, to)))
        {
            if (closes > from)
            {
                return opens < to;
            }
        }

        return false;
    }

    /// <summary>The next moment after this one at which the market goes from closed to open; null when there is none.</summary>
    public DateTimeOffset? NextOpen(DateTimeOffset moment)
    {
        foreach (var (opens, _) in Intervals(moment, SearchDays))
        {
            if (opens > moment)
            {
                return opens;
            }
        }

        return null;
    }

    /// <summary>The next moment after this one at which the market goes from open to closed; null when there is none.</summary>
    public DateTimeOffset? NextClose(DateTimeOffset moment)
    {
        var horizon = moment.AddDays(SearchDays - 3);
        foreach (var (_, closes) in Intervals(moment, SearchDays))
        {
            if (closes > moment)
            {
                return closes < horizon ? closes : null;
            }
        }

        return null;
    }

    /// <summary>
    /// How many frames of a length are wholly over within [<paramref name="from"/>, <paramref name="to"/>) and had the market
    /// open; counting ends at <paramref name="enough"/>.
    /// </summary>
    public int FramesOver(DateTimeOffset from, DateTimeOffset to, int frameSeconds, int enough)
    {
        var count = 0L;
        var next = Number(from, frameSeconds);
        foreach (var (opens, closes) in Intervals(from, DaysUntil(from, to)))
        {
            if (opens >= to || count >= enough)
            {
                break;
            }

            var first = Math.Max(next, Number(opens, frameSeconds));
            var end = Math.Min(Number(closes.AddTicks(-1), frameSeconds) + 1, Number(to, frameSeconds));
            if (end > first)
            {
                count += end - first;
                next = end;
            }
        }

        return (int)Math.Min(count, enough);
    }

    /// <summary>Open stretches from the day before a moment on, in order of time, put together where they touch.</summary>
    private IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> Intervals(DateTimeOffset moment, int days)
    {
        (DateTimeOffset Opens, DateTimeOffset Closes)? growing = null;
        var date = LocalClock.DateOf(_zone, moment).AddDays(-1);
        for (var end = date.AddDays(days); date < end; date = date.AddDays(1))
        {
            foreach (var next in OfDay(date))
            {
                if (growing is { } former && next.Opens <= former.Closes)
                {
                    growing = (former.Opens, former.Closes > next.Closes ? former.Closes : next.Closes);
                    continue;
                }

                if (growing is { } whole)
                {
                    yield return whole;
                }

                growing = next;
            }
        }

        if (growing is { } last)
        {
            yield return last;
        }
    }

    private IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> OfDay(DateOnly date)
    {
        if (_holidays.Contains(date))
        {
            yield break;
        }

        foreach (var window in _windows)
        {
            if (!window.Days.Contains(date.DayOfWeek))
            {
                continue;
            }

            var opens = LocalClock.First(_zone, date, window.Open);
            var closes = LocalClock.Last(_zone, date, window.Close);
            if (closes > opens)
            {
                yield return (opens, closes);
            }
        }
    }

    // From the day before the first moment to the day after the last one.
    private static int DaysUntil(DateTimeOffset from, DateTimeOffset to) =>
        (int)Math.Clamp((to - from).TotalDays + 3, 3, SearchDays);

    private static long Number(DateTimeOffset moment, int frameSeconds) =>
        FrameAggregator.StartOf(moment.ToUnixTimeSeconds(), frameSeconds) / frameSeconds;
}
