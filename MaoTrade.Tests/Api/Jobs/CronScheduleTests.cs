using System.Globalization;
using MaoApi.Jobs;

namespace MaoTrade.Tests.Api.Jobs;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("* * * * *", "2026-01-05T08:00:30Z", "2026-01-05T08:01:00Z")]
    [InlineData("0 * * * *", "2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z")]
    [InlineData("*/20 8-9 * * *", "2026-01-05T08:40:00Z", "2026-01-05T09:00:00Z")]
    [InlineData("5,50 8 * * *", "2026-01-05T08:05:00Z", "2026-01-05T08:50:00Z")]
    [InlineData("10-30/10 0 1 1,7 *", "2026-01-05T00:00:00Z", "2026-07-01T00:10:00Z")]
    [InlineData("0 0 29 2 *", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 29 2 0", "2026-03-01T00:00:00Z", "2027-02-07T00:00:00Z")]
    [InlineData("0 9 * * 1-5", "2026-01-09T09:00:00Z", "2026-01-12T09:00:00Z")]
    [InlineData("0 9 * * 0", "2026-01-05T00:00:00Z", "2026-01-11T09:00:00Z")]
    [InlineData("0 9 * * 7", "2026-01-05T00:00:00Z", "2026-01-11T09:00:00Z")]
    [InlineData("0 9 13 * 5", "2026-01-05T00:00:00Z", "2026-01-09T09:00:00Z")]
    [InlineData("0 9 13 * 5", "2026-01-09T09:00:00Z", "2026-01-13T09:00:00Z")]
    [InlineData("0 9 31 12 *", "2026-12-31T09:00:00Z", "2027-12-31T09:00:00Z")]
    [InlineData("30 7 * * * Europe/Rome", "2026-01-05T00:00:00Z", "2026-01-05T06:30:00Z")]
    [InlineData("30 7 * * * Europe/Rome", "2026-07-05T00:00:00Z", "2026-07-05T05:30:00Z")]
    public void The_next_time_is_the_first_that_fits(string schedule, string after, string expected) =>
        CronSchedule.Parse(schedule).NextAfter(Time(after)).Should().Be(Time(expected));

    [Fact]
    public void A_time_that_summer_time_skips_runs_once_right_after_the_change()
    {
        // In Rome 29 March 2026 goes from 01:59 (UTC+1) to 03:00 (UTC+2).
        var schedule = CronSchedule.Parse("0,30 2 * * * Europe/Rome");

        Times(schedule, "2026-03-28T12:00:00Z", 3).Should().Equal(
            Time("2026-03-29T01:00:00Z"), Time("2026-03-30T00:00:00Z"), Time("2026-03-30T00:30:00Z"));
    }

    [Fact]
    public void A_time_that_comes_twice_runs_once()
    {
        // In Rome 25 October 2026 goes from 02:59 (UTC+2) back to 02:00 (UTC+1).
        var schedule = CronSchedule.Parse("30 2 * * * Europe/Rome");

        Times(schedule, "2026-10-24T12:00:00Z", 2).Should().Equal(Time("2026-10-25T00:30:00Z"), Time("2026-10-26T01:30:00Z"));
        schedule.NextAfter(Time("2026-10-25T01:10:00Z")).Should().Be(Time("2026-10-26T01:30:00Z"), "02:10 of the second round lies after the run");
    }

    [Fact]
    public void A_day_that_never_comes_has_no_next_time() =>
        CronSchedule.Parse("0 0 31 2 *").NextAfter(Time("2026-01-05T00:00:00Z")).Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("30-10 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("5/2 * * * *")]
    [InlineData("1,,2 * * * *")]
    [InlineData("a * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("* * * * * Europe/Nowhere")]
    [InlineData("* * * * * UTC more")]
    public void What_is_no_schedule_is_refused(string text) => CronSchedule.TryParse(text, out _).Should().BeFalse();

    private static List<DateTimeOffset?> Times(CronSchedule schedule, string after, int count)
    {
        var times = new List<DateTimeOffset?>();
        DateTimeOffset? at = Time(after);
        for (var i = 0; i < count; i++)
        {
            times.Add(at = schedule.NextAfter(at!.Value));
        }

        return times;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
