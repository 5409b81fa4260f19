using MaoApi.Notices.Outbox;
using MaoApi.Notices.Preferences;

namespace MaoTrade.Tests.Api.Notices;

public sealed class QuietHoursTests
{
    /// <summary>Rome: UTC+1 in winter, +2 in summer; the clocks change on 29 March and 25 October 2026.</summary>
    [Theory]
    [InlineData("22:00", "07:00", "2026-01-05T20:59:59Z", "2026-01-05T20:59:59Z")]
    [InlineData("22:00", "07:00", "2026-01-05T21:00:00Z", "2026-01-06T06:00:00Z")]
    [InlineData("22:00", "07:00", "2026-01-06T05:59:59Z", "2026-01-06T06:00:00Z")]
    [InlineData("22:00", "07:00", "2026-01-06T06:00:00Z", "2026-01-06T06:00:00Z")]
    [InlineData("13:00", "15:00", "2026-07-01T12:00:00Z", "2026-07-01T13:00:00Z")]
    [InlineData("22:00", "07:00", "2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z")]
    [InlineData("22:00", "02:30", "2026-03-28T22:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("22:00", "02:30", "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("08:00", "08:00", "2026-01-05T07:30:00Z", "2026-01-05T07:30:00Z")]
    public void A_notice_that_may_wait_is_due_when_the_quiet_hours_end(string from, string to, string now, string due)
    {
        var preferences = new NoticePreferences { QuietFrom = TimeOnly.Parse(from), QuietTo = TimeOnly.Parse(to), TimeZone = "Europe/Rome" };

        QuietHours.DueAt(preferences, DateTimeOffset.Parse(now)).Should().Be(DateTimeOffset.Parse(due));
    }

    [Fact]
    public void Without_quiet_hours_everything_is_due_at_once() =>
        QuietHours.DueAt(new NoticePreferences(), DateTimeOffset.UnixEpoch).Should().Be(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Attempts_come_ever_later_as_the_server_advises_and_end()
    {
        RetryPlan.Wait(1, null, 0).Should().Be(TimeSpan.FromSeconds(10));
        RetryPlan.Wait(2, null, 0).Should().Be(TimeSpan.FromSeconds(20));
        RetryPlan.Wait(2, null, 1).Should().Be(TimeSpan.FromSeconds(25));
        RetryPlan.Wait(1, TimeSpan.FromMinutes(7), 0).Should().Be(TimeSpan.FromMinutes(7));
        RetryPlan.Wait(1, TimeSpan.FromSeconds(1), 0).Should().Be(TimeSpan.FromSeconds(10));
        RetryPlan.Wait(1, TimeSpan.FromDays(30), 0).Should().Be(TimeSpan.FromDays(1));
        RetryPlan.Wait(11, null, 1).Should().Be(TimeSpan.FromHours(3));
        RetryPlan.Wait(RetryPlan.MostAttempts, null, 0).Should().BeNull();
    }
}
