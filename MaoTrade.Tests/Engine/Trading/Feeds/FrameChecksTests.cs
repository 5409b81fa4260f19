using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Sessions;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Trading.Feeds;

/// <summary>Bad frames: none reaches the state or a system, every one is acknowledged and counted.</summary>
public sealed class FrameChecksTests
{
    private readonly List<string> _told = [];

    [Theory]
    [InlineData(0, 10, 9, 10, FrameFault.NotPositive)]
    [InlineData(10, 10, -1, 10, FrameFault.NotPositive)]
    [InlineData(10, 9, 11, 10, FrameFault.Inconsistent)]
    [InlineData(12, 11, 9, 10, FrameFault.Inconsistent)]
    [InlineData(8, 11, 9, 10, FrameFault.Inconsistent)]
    [InlineData(10, 11, 9, 12, FrameFault.Inconsistent)]
    [InlineData(10, 11, 9, 8, FrameFault.Inconsistent)]
    [InlineData(2e12, 2e12, 2e12, 2e12, FrameFault.Absurd)]
    [InlineData(1000, 1000, 1000, 1000, FrameFault.Absurd)]
    [InlineData(0.1, 0.1, 0.1, 0.1, FrameFault.Absurd)]
    [InlineData(999, 999, 999, 999, null)]
    [InlineData(0.11, 0.11, 0.11, 0.11, null)]
    public void Prices_are_looked_at_before_anything_is_done_with_them(double open, double high, double low, double close, FrameFault? expected)
    {
        var desk = Desk();
        desk.Bar(60, 10m);

        Say(desk, new Frame(120, (decimal)open, (decimal)high, (decimal)low, (decimal)close, 1));

        Judged(desk, expected);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7.9e27)]
    public void A_volume_that_cannot_be_is_a_fault_and_never_an_overflow(double volume)
    {
        var desk = Desk();
        desk.Bar(60, 10m);

        Say(desk, new Frame(120, 10, 10, 10, 10, (decimal)volume));

        Judged(desk, FrameFault.Absurd);
    }

    [Theory]
    [InlineData(120, 60, 60, null)]
    [InlineData(180, 60, 120, null)]
    [InlineData(181, 60, 120, FrameFault.Future)]
    [InlineData(long.MaxValue, 60, 120, FrameFault.Future)]
    [InlineData(long.MinValue, 60, 120, FrameFault.Future)]
    [InlineData(60, 60, 120, FrameFault.Past)]
    [InlineData(0, 60, 120, FrameFault.Past)]
    [InlineData(-62_135_596_800, 60, 120, FrameFault.Past)]
    [InlineData(120, 300, 180, FrameFault.WrongTimeFrame)]
    [InlineData(120, 0, 180, FrameFault.WrongTimeFrame)]
    [InlineData(120, int.MinValue, 180, FrameFault.WrongTimeFrame)]
    [InlineData(253_402_300_799, 60, 253_402_300_799, FrameFault.Future)]
    public void A_frame_must_be_of_the_length_asked_for_and_of_its_time(long start, int timeFrame, long brokerTime, FrameFault? expected)
    {
        var desk = Desk();
        desk.Bar(60, 10m);

        Say(desk, new Frame(start, 10, 10, 10, 10, 0), timeFrame, brokerTime);

        Judged(desk, expected);
    }

    [Fact]
    public void What_an_epic_without_a_signal_sends_is_judged_too()
    {
        var desk = new Desk();

        Say(desk, new Frame(120, 0, 0, 0, 0, 0));
        desk.State.LastFrameAt.Should().BeNull();
        Say(desk, new Frame(120, 1, 1, 1, 1, 0), timeFrame: 0);
        desk.State.LastFrameAt.Should().BeNull();
    }

    [Fact]
    public void Frames_of_a_closed_market_are_dropped_and_those_that_touch_its_hours_are_taken()
    {
        var desk = Desk(new MarketHours(TimeZoneInfo.Utc, [new SessionWindow([DayOfWeek.Thursday], TimeSpan.FromSeconds(150), TimeSpan.FromMinutes(5))], []));

        Say(desk, new Frame(60, 10, 10, 10, 10, 0));
        Judged(desk, FrameFault.OutsideHours);
        Say(desk, new Frame(120, 10, 10, 10, 10, 0));
        _told.Should().ContainSingle(line => line.StartsWith("120 "));
        Say(desk, new Frame(300, 10, 10, 10, 10, 0));
        _told.Should().NotContain(line => line.StartsWith("300 "));
    }

    [Fact]
    public void A_price_that_cannot_be_makes_the_epic_stale_until_a_sound_frame_comes()
    {
        var desk = Desk();
        desk.Bar(60, 10m);
        _told.Clear();

        desk.Bar(120, 5_000m);
        desk.Bar(180, 5_000m);
        desk.State.StaleEpics.Should().Equal("EURUSD");
        desk.State.HasFeed.Should().BeFalse();
        desk.Bar(240, 11m);

        _told.Should().Equal("error", "restored", "240 11/11/11/11 v0 closed");
        desk.State.StaleEpics.Should().BeEmpty();
        desk.State.HasFeed.Should().BeTrue();
    }

    [Fact]
    public void The_same_fault_is_logged_once_a_minute_however_the_wall_clock_jumps()
    {
        var desk = Desk();
        desk.Bar(60, 10m);
        var lines = 0;
        for (var i = 0; i < 100; i++)
        {
            desk.Clock.JumpWallClock(TimeSpan.FromSeconds(i % 2 == 0 ? 262 : -262));
            Say(desk, new Frame(120 + i, 0, 0, 0, 0, 0));
            lines += desk.Effects.OfType<LogEffect>().Count();
        }

        lines.Should().Be(1);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        Say(desk, new Frame(120, 0, 0, 0, 0, 0));
        desk.Effects.OfType<LogEffect>().Should().ContainSingle().Which.Message.Should().Contain("99 more like it");
        desk.Tools.Counts.Dropped[FrameFault.NotPositive].Should().Be(101);
    }

    private Desk Desk(MarketHours? hours = null)
    {
        var desk = new Desk(catalog: RecordingSystem.Catalog(_told), hours: hours);
        desk.CreateSignal("Recorder", "{}");
        return desk;
    }

    private void Say(Desk desk, Frame frame, int timeFrame = 60, long? brokerTime = null)
    {
        _told.Clear();
        desk.Take(new BrokerInput(new FrameEvent(
            77, "EURUSD", timeFrame, frame, true, false, DateTimeOffset.FromUnixTimeSeconds(brokerTime ?? frame.UnixSeconds + 60))));
    }

    private void Judged(Desk desk, FrameFault? expected)
    {
        desk.Effects.Should().ContainEquivalentOf(new AcknowledgeEffect(77), "what is dropped is acknowledged too");
        if (expected is { } fault)
        {
            desk.Tools.Counts.Dropped.Should().Equal(new Dictionary<FrameFault, long> { [fault] = 1 });
            _told.Should().NotContain(line => line.Contains("closed"));
            desk.Changes.Frames.Should().BeEmpty();
            desk.Tools.Prices.Values.Should().AllBeEquivalentTo(10m);
        }
        else
        {
            desk.Tools.Counts.Dropped.Should().BeEmpty();
            _told.Should().ContainSingle(line => line.Contains("closed"));
        }
    }
}
