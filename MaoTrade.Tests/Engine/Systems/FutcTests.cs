using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Futc;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Systems;

public sealed class FutcTests
{
    private static readonly TimeZoneInfo Rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");

    [Theory]
    [InlineData("2026-01-15T16:29:00Z", false, "17:29 in Rome, the frame ends at 17:30 with the window's begin still a minute off")]
    [InlineData("2026-01-15T16:30:00Z", true, "it ends at 17:31 in winter")]
    [InlineData("2026-07-15T15:30:00Z", true, "it ends at 17:31 in summer")]
    [InlineData("2026-07-15T16:30:00Z", false, "it ends at 18:31 in summer")]
    [InlineData("2026-01-15T16:34:00Z", true, "it ends with the window, at 17:35")]
    [InlineData("2026-01-15T16:35:00Z", false, "it ends at 17:36")]
    public void It_acts_at_a_close_within_the_window_of_the_account(string start, bool acts, string why) =>
        Decide(start, "17:31", "17:35").Action.Should().Be(acts ? SystemAction.Buy : SystemAction.NoAction, why);

    [Theory]
    [InlineData("2026-01-15T22:30:00Z", true)]
    [InlineData("2026-01-15T23:30:00Z", true)]
    [InlineData("2026-01-15T21:30:00Z", false)]
    [InlineData("2026-01-16T01:30:00Z", false)]
    public void A_window_may_go_over_midnight(string start, bool acts) =>
        Decide(start, "23:00", "01:00").Action.Should().Be(acts ? SystemAction.Buy : SystemAction.NoAction);

    [Fact]
    public void Both_ends_of_the_window_are_required_and_are_times()
    {
        SystemBench.Check(new FutcSystem(), """{"signal":"BUY","qty":1,"window_from":"25:00"}""")
            .Select(e => (e.Field, e.Code)).Should().Equal(("params.window_from", "value"), ("params.window_to", "required"));
    }

    private static SystemDecision Decide(string start, string from, string to)
    {
        var bench = new SystemBench(
            () => new FutcSystem(), $$"""{"signal":"BUY","qty":1,"window_from":"{{from}}","window_to":"{{to}}"}""",
            new SystemContext("EURUSD", 60, Rome));
        return bench.Feed(new Frame(DateTimeOffset.Parse(start).ToUnixTimeSeconds(), 1.1m, 1.1m, 1.1m, 1.1m, 0));
    }
}
