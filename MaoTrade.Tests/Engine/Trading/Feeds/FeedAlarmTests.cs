using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Sessions;
using MaoTrade.Engine.Trading.Signals;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Engine.Trading.Feeds;

/// <summary>Frames that stay away, and subscriptions that fail.</summary>
public sealed class FeedAlarmTests
{
    private readonly List<string> _told = [];

    [Theory]
    [InlineData(1, 180)]
    [InlineData(10, 18)]
    [InlineData(1_000_000, 3)]
    public void After_three_frames_of_silence_by_the_brokers_clock_it_is_said_once_and_subscribed_anew(double speed, int seconds)
    {
        var desk = Subscribed(speed);
        desk.Bar(60, 10m);
        desk.Clock.JumpWallClock(TimeSpan.FromSeconds(262));
        desk.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        desk.Take(new TickInput());
        desk.State.StaleEpics.Should().BeEmpty();

        desk.Clock.JumpWallClock(TimeSpan.FromSeconds(-524));
        desk.Clock.Advance(TimeSpan.FromTicks(1));
        desk.Take(new TickInput());
        desk.State.StaleEpics.Should().Equal("EURUSD");
        desk.State.HasFeed.Should().BeFalse();
        desk.Effects.OfType<SubscribeEffect>().Should().ContainSingle();
        desk.Effects.OfType<LogEffect>().Should().ContainSingle(l => l.Level == LogLevel.Error);
        desk.Take(new TickInput());
        desk.Effects.Should().BeEmpty();

        desk.Bar(120, 10m);
        _told.Should().ContainInOrder("error", "restored", "120 10/10/10/10 v0 closed");
        desk.State.HasFeed.Should().BeTrue();
    }

    [Fact]
    public void A_feed_that_stays_away_is_subscribed_again_after_ever_longer_waits_and_said_no_more()
    {
        var desk = Subscribed(1);
        var subscribed = new List<int>();
        var errors = 0;
        for (var minute = 1; minute <= 100; minute++)
        {
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
            desk.Take(new TickInput());
            errors += desk.Effects.OfType<LogEffect>().Count();
            if (desk.Effects.OfType<SubscribeEffect>().Any())
            {
                subscribed.Add(minute);
                desk.Take(new SubscribedInput("EURUSD", 60, MarketDataResult.Ok));
            }
        }

        subscribed.Should().Equal(3, 9, 21, 45, 93);
        errors.Should().Be(1);
    }

    [Fact]
    public void A_closed_market_owes_no_frames_and_owes_them_again_from_its_opening()
    {
        // Thursday 00:00 to 00:10 and Friday 00:00 to 00:10 of the first week of 1970.
        var desk = Subscribed(1, new MarketHours(
            TimeZoneInfo.Utc, [new SessionWindow([DayOfWeek.Thursday, DayOfWeek.Friday], TimeSpan.Zero, TimeSpan.FromMinutes(10))], []));
        desk.Bar(540, 10m);
        Wait(desk, TimeSpan.FromMinutes((24 * 60) - 10 + 2));
        desk.State.StaleEpics.Should().BeEmpty("the third frame of Friday is not over");

        Wait(desk, TimeSpan.FromMinutes(1));
        desk.State.StaleEpics.Should().Equal("EURUSD");
    }

    [Fact]
    public void In_lockstep_nothing_is_owed()
    {
        var desk = Subscribed(null);
        desk.Bar(60, 10m);
        desk.Clock.Advance(TimeSpan.FromDays(3));
        desk.Take(new TickInput());

        desk.State.StaleEpics.Should().BeEmpty();
        desk.Effects.Should().NotContain(e => e is SubscribeEffect);
    }

    [Fact]
    public void While_the_broker_is_away_nothing_is_owed_and_afterwards_from_the_subscription_on()
    {
        var desk = Subscribed(1);
        desk.Bar(60, 10m);
        desk.Take(new BrokerInput(new BrokerDisconnected(false, "cut")));
        desk.State.HasFeed.Should().BeFalse();
        Wait(desk, TimeSpan.FromHours(1));
        desk.Connect();
        desk.Take(new SubscribedInput("EURUSD", 60, MarketDataResult.Ok));
        Wait(desk, TimeSpan.FromMinutes(2));
        desk.State.StaleEpics.Should().BeEmpty();
        Wait(desk, TimeSpan.FromMinutes(1));
        desk.State.StaleEpics.Should().Equal("EURUSD");
    }

    [Fact]
    public void Late_frames_do_not_make_a_feed_whole()
    {
        var desk = Subscribed(1);
        desk.Bar(60, 10m);
        Wait(desk, TimeSpan.FromMinutes(3));
        desk.Take(new BrokerInput(new FrameEvent(
            9, "EURUSD", 60, new(120, 10, 10, 10, 10, 0), true, Late: true, DateTimeOffset.FromUnixTimeSeconds(400))));
        desk.State.StaleEpics.Should().Equal("EURUSD");
    }

    [Fact]
    public void What_the_broker_says_of_its_data_reaches_the_system_once()
    {
        var desk = Subscribed(null);
        _told.Clear();
        desk.Take(new BrokerInput(new MarketDataEvent(1, "EURUSD", false, "line down")));
        desk.Take(new BrokerInput(new MarketDataEvent(2, "EURUSD", false, "line down")));
        desk.State.StaleEpics.Should().Equal("EURUSD");
        desk.Take(new BrokerInput(new MarketDataEvent(3, "EURUSD", true, "line up")));

        _told.Should().Equal("error", "restored");
        desk.State.StaleEpics.Should().BeEmpty();
    }

    [Fact]
    public void Subscriptions_are_tried_five_times_with_growing_delay_and_fail_alone()
    {
        var desk = Subscribed(1);
        var other = desk.CreateSignal("Recorder", "{}", "GBPUSD");
        var delays = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            desk.Take(new SubscribedInput("GBPUSD", 60, MarketDataResult.Network));
            delays.AddRange(desk.Effects.OfType<SubscribeEffect>().Select(e => e.Delay.TotalSeconds));
        }

        delays.Should().Equal(2, 4, 8, 16);
        desk.State.Signals[other].Should().Match<Signal>(s => s.State == SignalState.Error && s.Error!.Contains("GBPUSD"));
        desk.State.LiveSignalOf("EURUSD")!.State.Should().Be(SignalState.Running);
    }

    [Fact]
    public void A_success_and_a_new_session_begin_the_count_anew()
    {
        var desk = Subscribed(1);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                desk.Take(new SubscribedInput("EURUSD", 60, MarketDataResult.Broker));
            }

            if (round == 1)
            {
                desk.Connect();
            }
            else
            {
                desk.Take(new SubscribedInput("EURUSD", 60, MarketDataResult.Ok));
            }
        }

        desk.State.LiveSignalOf("EURUSD")!.State.Should().Be(SignalState.Running);
    }

    [Fact]
    public void A_subscription_nobody_wants_any_more_is_ended()
    {
        var desk = new Desk();
        desk.Take(new SubscribedInput("EURUSD", 60, MarketDataResult.Ok));

        desk.Effects.Should().ContainEquivalentOf(new UnsubscribeEffect("EURUSD"));
    }

    private static void Wait(Desk desk, TimeSpan time)
    {
        desk.Clock.Advance(time);
        desk.Take(new TickInput());
    }

    private Desk Subscribed(double? speed, MarketHours? hours = null)
    {
        var desk = new Desk(catalog: RecordingSystem.Catalog(_told), speed: speed, hours: hours);
        desk.CreateSignal("Recorder", "{}");
        desk.Take(new SubscribedInput("EURUSD", 60, MarketDataResult.Ok));
        return desk;
    }
}
