using MaoTrade.Engine.Trading.Sessions;

namespace MaoTrade.Engine.Trading.Results;

/// <summary>Trading days up to the one that runs.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The day that runs.</param>
/// <param name="From">When the first day began, market time.</param>
/// <param name="To">Now, market time.</param>
public readonly record struct ResultPeriod(DateOnly First, DateOnly Last, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How many days a period has by its name; null for a name that is none.</summary>
    public static int? DaysOf(string name) => name switch
    {
        "1d" => 1,
        "7d" => 7,
        "30d" => 30,
        "90d" => 90,
        "1y" => 365,
        _ => null,
    };

    /// <summary>The last days, the one that runs included.</summary>
    public static ResultPeriod Until(DateTimeOffset now, int days, TradingCalendar calendar, string cleanTime)
    {
        var last = calendar.DayOf(now, cleanTime);
        var first = last.AddDays(1 - days);
        return new ResultPeriod(first, last, calendar.BeginOf(first, cleanTime), now);
    }
}
