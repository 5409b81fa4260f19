using System.Globalization;
using MaoTrade.Engine.Trading.Sessions;

namespace MaoTrade.Tests.Engine.Trading.Sessions;

public sealed class TradingCalendarTests
{
    [Theory]
    [InlineData("23:45", "2026-06-01T21:44:59Z", "2026-06-01")]
    [InlineData("23:45", "2026-06-01T21:45:00Z", "2026-06-02")]
    [InlineData("23:45", "2026-01-15T22:44:59Z", "2026-01-15")]
    [InlineData("23:45", "2026-01-15T22:45:00Z", "2026-01-16")]
    [InlineData("00:00", "2026-06-01T21:59:59Z", "2026-06-02")]
    [InlineData("00:00", "2026-06-01T22:00:00Z", "2026-06-03")]
    [InlineData("02:30", "2026-03-29T00:59:59Z", "2026-03-29")]
    [InlineData("02:30", "2026-03-29T01:00:00Z", "2026-03-30")]
    [InlineData("02:30", "2026-10-25T00:29:59Z", "2026-10-25")]
    [InlineData("02:30", "2026-10-25T00:30:00Z", "2026-10-26")]
    [InlineData("02:30", "2026-10-25T01:10:00Z", "2026-10-26")]
    [InlineData("02:30", "2026-10-25T01:45:00Z", "2026-10-26")]
    public void A_trading_day_ends_at_the_clean_by_the_clock_in_Rome(string clean, string moment, string day)
    {
        var calendar = new TradingCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"));

        calendar.DayOf(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), clean)
            .Should().Be(DateOnly.Parse(day, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_was_asked_before_changes_no_answer()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");
        var asked = new TradingCalendar(zone);
        var random = new Random(5);
        string[] times = ["00:00", "02:30", "23:45"];
        for (var i = 0; i < 2_000; i++)
        {
            var moment = new DateTimeOffset(2026, 10, 23, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(4 * 1_440));
            var clean = times[random.Next(3)];

            asked.DayOf(moment, clean).Should().Be(new TradingCalendar(zone).DayOf(moment, clean));
        }
    }
}
