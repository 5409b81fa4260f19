using System.Globalization;

namespace MaoTrade.Engine.Trading.Sessions;

/// <summary>
/// The account's trading days: each ends at the daily clean of its date, by the clock of the account's time zone, also on
/// the days when that clock is moved. Remembers the day it was last asked about; owned by the trade loop.
/// </summary>
public sealed class TradingCalendar(TimeZoneInfo zone)
{
    private string _cleanTime = "";
    private DateOnly _day;
    private DateTimeOffset _from = DateTimeOffset.MaxValue;
    private DateTimeOffset _to = DateTimeOffset.MinValue;

    /// <summary>The trading day that holds a moment.</summary>
    /// <param name="moment">Market time.</param>
    /// <param name="cleanTime">HH:mm.</param>
    public DateOnly DayOf(DateTimeOffset moment, string cleanTime)
    {
        if (moment < _from || moment >= _to || cleanTime != _cleanTime)
        {
            Find(moment, cleanTime);
        }

        return _day;
    }

    /// <summary>The moment a trading day begins: the daily clean of the day before.</summary>
    public DateTimeOffset BeginOf(DateOnly day, string cleanTime) => LocalClock.First(zone, day.AddDays(-1), TimeOf(cleanTime));

    private static TimeSpan TimeOf(string cleanTime) => TimeOnly.ParseExact(cleanTime, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan();

    private void Find(DateTimeOffset moment, string cleanTime)
    {
        var clean = TimeOf(cleanTime);
        _cleanTime = cleanTime;
        _day = LocalClock.DateOf(zone, moment);
        if (moment >= LocalClock.First(zone, _day, clean))
        {
            _day = _day.AddDays(1);
        }

        _from = LocalClock.First(zone, _day.AddDays(-1), clean);
        _to = LocalClock.First(zone, _day, clean);
    }
}
