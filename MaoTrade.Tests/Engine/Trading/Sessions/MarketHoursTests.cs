using System.Globalization;
using MaoTrade.Engine.Trading.Sessions;

namespace MaoTrade.Tests.Engine.Trading.Sessions;

/// <summary>UTC instants here come from the published dates of the changes: 29 March and 25 October (EU), 8 March and 1 November (US) 2026.</summary>
public sealed class MarketHoursTests
{
    private static readonly DayOfWeek[] Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    [Theory]
    [InlineData("Europe/Rome", "08:00", "17:30", "2026-03-26T20:00Z", "2026-03-27T07:00Z", "2026-03-27T16:30Z")]
    [InlineData("Europe/Rome", "08:00", "17:30", "2026-03-28T12:00Z", "2026-03-30T06:00Z", "2026-03-30T15:30Z")]
    [InlineData("Europe/Rome", "08:00", "17:30", "2026-10-22T20:00Z", "2026-10-23T06:00Z", "2026-10-23T15:30Z")]
    [InlineData("Europe/Rome", "08:00", "17:30", "2026-10-24T12:00Z", "2026-10-26T07:00Z", "2026-10-26T16:30Z")]
    [InlineData("America/New_York", "09:30", "16:00", "2026-03-05T23:00Z", "2026-03-06T14:30Z", "2026-03-06T21:00Z")]
    [InlineData("America/New_York", "09:30", "16:00", "2026-03-07T12:00Z", "2026-03-09T13:30Z", "2026-03-09T20:00Z")]
    [InlineData("America/New_York", "09:30", "16:00", "2026-10-29T23:00Z", "2026-10-30T13:30Z", "2026-10-30T20:00Z")]
    [InlineData("America/New_York", "09:30", "16:00", "2026-10-31T12:00Z", "2026-11-02T14:30Z", "2026-11-02T21:00Z")]
    public void Weekdays_open_and_close_by_the_local_clock_in_summer_and_winter(
        string zone, string open, string close, string from, string opens, string closes)
    {
        var hours = Hours(zone, Weekdays, open, close);

        hours.NextOpen(Utc(from)).Should().Be(Utc(opens));
        hours.NextClose(Utc(from)).Should().Be(Utc(closes));
        hours.At(Utc(opens)).Should().Be(TradingTime.Open);
        hours.At(Utc(opens).AddTicks(-1)).Should().Be(TradingTime.ToOpen);
        hours.At(Utc(closes).AddTicks(-1)).Should().Be(TradingTime.ToClose);
        hours.At(Utc(closes)).Should().Be(TradingTime.Close);
    }

    [Theory]
    [InlineData("Europe/Rome", "2026-10-25", "02:15", "02:45", "2026-10-25T00:15Z", "2026-10-25T01:45Z")]
    [InlineData("America/New_York", "2026-11-01", "01:00", "01:30", "2026-11-01T05:00Z", "2026-11-01T06:30Z")]
    [InlineData("Europe/Rome", "2026-03-29", "02:30", "04:00", "2026-03-29T01:00Z", "2026-03-29T02:00Z")]
    [InlineData("Europe/Rome", "2026-03-29", "01:30", "02:30", "2026-03-29T00:30Z", "2026-03-29T01:00Z")]
    [InlineData("America/New_York", "2026-03-08", "00:00", "24:00", "2026-03-08T05:00Z", "2026-03-09T04:00Z")]
    [InlineData("America/New_York", "2026-11-01", "00:00", "24:00", "2026-11-01T04:00Z", "2026-11-02T05:00Z")]
    [InlineData("Europe/Rome", "2026-03-28", "22:00", "03:00", "2026-03-28T21:00Z", "2026-03-29T01:00Z")]
    public void Windows_across_a_change_of_the_clock(string zone, string day, string open, string close, string opens, string closes)
    {
        var hours = Hours(zone, [DateOnly.Parse(day, CultureInfo.InvariantCulture).DayOfWeek], open, close);
        var before = Utc(opens).AddHours(-6);

        hours.NextOpen(before).Should().Be(Utc(opens));
        hours.NextClose(before).Should().Be(Utc(closes));
    }

    [Fact]
    public void A_window_inside_the_skipped_hour_does_not_open_that_day()
    {
        var hours = Hours("Europe/Rome", [DayOfWeek.Sunday], "02:15", "02:45");

        hours.NextOpen(Utc("2026-03-28T12:00Z")).Should().Be(Utc("2026-04-05T00:15Z"));
        hours.IsOpenWithin(Utc("2026-03-29T00:00Z"), Utc("2026-03-29T12:00Z")).Should().BeFalse();
    }

    [Theory]
    [InlineData("2026-06-01T05:54:59Z", TradingTime.Close)]
    [InlineData("2026-06-01T05:55:00Z", TradingTime.ToOpen)]
    [InlineData("2026-06-01T06:00:00Z", TradingTime.Open)]
    [InlineData("2026-06-01T15:24:59Z", TradingTime.Open)]
    [InlineData("2026-06-01T15:25:00Z", TradingTime.ToClose)]
    [InlineData("2026-06-01T15:30:00Z", TradingTime.Close)]
    [InlineData("2026-06-06T10:00:00Z", TradingTime.Close)]
    public void The_five_minutes_before_a_change_are_shown(string moment, TradingTime expected) =>
        Hours("Europe/Rome", Weekdays, "08:00", "17:30").At(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)).Should().Be(expected);

    [Fact]
    public void Whole_days_that_follow_each_other_are_one_stretch()
    {
        var hours = Hours("Europe/Rome", Weekdays, "00:00", "24:00");

        hours.At(Utc("2026-06-01T21:58Z")).Should().Be(TradingTime.Open, "Monday's midnight in Rome is no close");
        hours.NextClose(Utc("2026-06-01T12:00Z")).Should().Be(Utc("2026-06-05T22:00Z"));
        hours.NextOpen(Utc("2026-06-01T12:00Z")).Should().Be(Utc("2026-06-07T22:00Z"));
    }

    [Fact]
    public void A_market_that_never_closes_has_no_next_close()
    {
        var hours = Hours("Europe/Rome", Enum.GetValues<DayOfWeek>(), "00:00", "24:00");

        hours.NextClose(Utc("2026-06-01T12:00Z")).Should().BeNull();
        hours.NextOpen(Utc("2026-06-01T12:00Z")).Should().BeNull();
        hours.At(Utc("2026-06-01T12:00Z")).Should().Be(TradingTime.Open);
    }

    [Fact]
    public void A_market_without_windows_is_never_open()
    {
        var hours = new MarketHours(TimeZoneInfo.Utc, [], []);

        hours.NextOpen(Utc("2026-06-01T12:00Z")).Should().BeNull();
        hours.At(Utc("2026-06-01T12:00Z")).Should().Be(TradingTime.Close);
    }

    [Fact]
    public void Nothing_opens_on_a_holiday()
    {
        var hours = new MarketHours(Zone("Europe/Rome"), [Window(Weekdays, "08:00", "17:30")], [new DateOnly(2026, 12, 25)]);

        hours.NextOpen(Utc("2026-12-24T20:00Z")).Should().Be(Utc("2026-12-28T07:00Z"));
    }

    [Theory]
    [InlineData("2026-06-01T05:00Z", "2026-06-01T06:00Z", false)]
    [InlineData("2026-06-01T05:00Z", "2026-06-01T06:01Z", true)]
    [InlineData("2026-06-01T15:29Z", "2026-06-01T16:00Z", true)]
    [InlineData("2026-06-01T15:30Z", "2026-06-01T16:00Z", false)]
    [InlineData("2026-06-06T00:00Z", "2026-06-07T00:00Z", false)]
    [InlineData("2026-06-05T00:00Z", "2026-06-06T00:00Z", true)]
    [InlineData("2026-06-06T00:00Z", "2026-07-06T00:00Z", true)]
    public void A_stretch_counts_as_open_if_any_of_it_is(string from, string to, bool expected) =>
        Hours("Europe/Rome", Weekdays, "08:00", "17:30").IsOpenWithin(Utc(from), Utc(to)).Should().Be(expected);

    [Theory]
    [InlineData(60, "2026-06-05T15:30Z", "2026-06-08T06:00Z", 0)]
    [InlineData(60, "2026-06-05T15:30Z", "2026-06-08T06:02Z", 2)]
    [InlineData(60, "2026-06-05T15:27Z", "2026-06-08T06:00Z", 3)]
    [InlineData(60, "2026-06-05T15:28Z", "2026-06-08T06:01Z", 3)]
    [InlineData(60, "2026-06-01T08:00Z", "2026-06-01T08:02:59Z", 2)]
    [InlineData(86_400, "2026-06-05T00:00Z", "2026-06-09T00:00Z", 2)]
    [InlineData(86_400, "2026-06-05T00:00Z", "2026-06-09T23:00Z", 2)]
    [InlineData(86_400, "2026-06-05T00:00Z", "2026-06-10T00:00Z", 3)]
    public void Frames_that_should_have_come_are_those_with_open_market(int frameSeconds, string from, string to, int expected) =>
        Hours("Europe/Rome", Weekdays, "08:00", "17:30")
            .FramesOver(Utc(from), Utc(to), frameSeconds, 3).Should().Be(expected);

    private static MarketHours Hours(string zone, DayOfWeek[] days, string open, string close) =>
        new(Zone(zone), [Window(days, open, close)], []);

    private static SessionWindow Window(DayOfWeek[] days, string open, string close)
    {
        var from = TimeSpan.Parse(open, CultureInfo.InvariantCulture);
        var to = close == "24:00" ? TimeSpan.FromDays(1) : TimeSpan.Parse(close, CultureInfo.InvariantCulture);
        return new SessionWindow(days, from, to > from ? to : to + TimeSpan.FromDays(1));
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
