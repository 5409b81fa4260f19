using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Trading.Feeds;

/// <summary>What a signal knows before its first frame, and what an interruption left out.</summary>
public sealed class HistoryTests
{
    private readonly List<string> _told = [];

    [Fact]
    public void History_comes_before_the_subscription_and_is_what_a_restart_resumes_from()
    {
        using var desk = new StoredDesk(RecordingSystem.Catalog(_told));
        desk.CreateSignal("Recorder", 60);
        desk.Effects.OfType<HistoryEffect>().Single().Should().Be(new HistoryEffect("EURUSD", 60, 3, TimeSpan.Zero));
        desk.Effects.Should().NotContain(e => e is SubscribeEffect);
        desk.Take(new AccountTime(300).Input);

        desk.AnswerHistory(At(0), At(60), At(120), At(180), At(240));

        desk.Effects.OfType<SubscribeEffect>().Should().ContainSingle();
        _told.Should().Equal("resume 120,180,240");
        _told.Clear();
        desk.Restart();
        _told.Should().Equal("resume 120,180,240");
        desk.Effects.Should().Contain(e => e is SubscribeEffect).And.NotContain(e => e is HistoryEffect);
    }

    [Fact]
    public void A_signal_in_error_that_is_edited_to_another_length_after_a_restart_forgets_its_frames()
    {
        using var desk = new StoredDesk(RecordingSystem.Catalog(_told));
        var signalId = desk.CreateSignal("Recorder", 60);
        desk.Take(new AccountTime(300).Input);
        desk.AnswerHistory(At(120), At(180), At(240));
        desk.RestartWithout("Recorder");
        desk.State.Signals[signalId].State.Should().Be(SignalState.Error);
        desk.Stored.Frames.Values.Single().Should().HaveCount(3, "it may come back");
        _told.Clear();

        desk.Restart();
        desk.EditSignal(signalId, timeFrame: 300);

        _told.Should().Equal("resume ");
        desk.Stored.Frames.Values.SelectMany(frames => frames).Should().BeEmpty();
        desk.Effects.OfType<HistoryEffect>().Single().TimeFrameSeconds.Should().Be(300, "it is asked for anew");
    }

    [Fact]
    public void A_frame_that_may_still_grow_is_no_history()
    {
        using var desk = new StoredDesk(RecordingSystem.Catalog(_told));
        desk.CreateSignal("Recorder", 60);
        desk.Take(new AccountTime(299).Input);

        desk.AnswerHistory(At(120), At(180), At(240));

        desk.Stored.Frames.Values.Single().Select(f => f.UnixSeconds).Should().Equal(120, 180);
        desk.Say(At(240), 60);
        _told.Should().Contain(line => line.StartsWith("240 "), "it comes again, closed");
    }

    [Fact]
    public void A_candle_that_is_not_over_goes_on_growing_after_the_history()
    {
        using var desk = new StoredDesk(RecordingSystem.Catalog(_told), 60);
        desk.CreateSignal("Recorder", 180);
        desk.Effects.OfType<HistoryEffect>().Single().Should().Be(new HistoryEffect("EURUSD", 60, 12, TimeSpan.Zero));
        desk.Take(new AccountTime(540).Input);
        desk.AnswerHistory([.. Enumerable.Range(2, 7).Select(i => At(i * 60, i))]);

        desk.Stored.Frames.Values.Single().Should().Equal([new Frame(180, 3, 5, 3, 5, 3), new Frame(360, 6, 8, 6, 8, 3)], "the first candle lacks its beginning");
        desk.Restart();
        desk.Say(At(540, 9), 60);
        desk.Say(At(600, 10), 60);
        desk.Say(At(660, 11), 60);
        desk.Stored.Frames.Values.Single()[^1].Should().Be(new Frame(540, 9, 11, 9, 11, 3));
        desk.Offered.Should().Equal([new Frame(540, 9, 11, 9, 11, 3)], "bars of the broker's history came not live");
    }

    [Fact]
    public void Half_a_candle_of_history_and_half_of_live_frames_make_one()
    {
        using var desk = new StoredDesk(RecordingSystem.Catalog(_told), 60);
        desk.CreateSignal("Recorder", 180);
        desk.Take(new AccountTime(480).Input);
        desk.AnswerHistory(At(180, 1), At(240, 2), At(300, 3), At(360, 4), At(420, 5));
        desk.Stored.Frames.Values.Single().Should().ContainSingle();

        desk.Restart();
        desk.Say(At(420, 99), 60);
        desk.Say(At(480, 6), 60);

        desk.Stored.Frames.Values.Single()[^1].Should().Be(new Frame(360, 4, 6, 4, 6, 3));
    }

    [Fact]
    public void No_history_is_asked_for_once_and_for_all()
    {
        using var desk = new StoredDesk(RecordingSystem.Catalog(_told));
        desk.CreateSignal("Recorder", 60);
        desk.AnswerHistory();
        desk.Restart();

        desk.Effects.Should().Contain(e => e is SubscribeEffect).And.NotContain(e => e is HistoryEffect);
    }

    [Fact]
    public void A_restart_before_the_answer_asks_again_and_frames_wait_for_it()
    {
        using var desk = new StoredDesk(RecordingSystem.Catalog(_told));
        desk.CreateSignal("Recorder", 60);
        desk.Restart();
        var asked = desk.Effects;
        desk.Say(At(300), 60);
        _told.Should().NotContain(line => line.StartsWith("300 "));
        asked.OfType<HistoryEffect>().Should().ContainSingle();

        desk.Take(new HistoryInput("EURUSD", 60, new HistoryAnswer(MarketDataResult.Ok, [At(180), At(240)]), DateTimeOffset.FromUnixTimeSeconds(300)));

        _told.TakeLast(2).Should().Equal("resume 180,240", "300 10/10/10/10 v1 closed");
    }

    [Theory]
    [InlineData(MarketDataResult.Broker, 5)]
    [InlineData(MarketDataResult.Network, 5)]
    [InlineData(MarketDataResult.NotConnected, 5)]
    [InlineData(MarketDataResult.InvalidEpic, 1)]
    [InlineData(MarketDataResult.InvalidTimeFrame, 1)]
    public void History_that_fails_is_asked_for_again_unless_it_never_can_come(MarketDataResult result, int tries)
    {
        var desk = new Desk(catalog: RecordingSystem.Catalog(_told));
        desk.Connect();
        var other = desk.CreateSignal("Recorder", "{}", "GBPUSD");
        desk.Command(new MaoTrade.Engine.Trading.Commands.UpsertSignalCommand
        {
            SrvId = 6,
            Signal = new() { Epic = "EURUSD", System = "Recorder", TimeFrame = 60, Params = System.Text.Json.JsonDocument.Parse("{}").RootElement },
        });
        var delays = new List<double>();
        for (var i = 1; i <= tries; i++)
        {
            desk.Take(new HistoryInput("EURUSD", 60, new HistoryAnswer(result, []), desk.State.MarketTime));
            delays.AddRange(desk.Effects.OfType<HistoryEffect>().Select(e => e.Delay.TotalSeconds));
        }

        delays.Should().Equal(new double[] { 2, 4, 8, 16 }.Take(tries - 1));
        desk.State.LiveSignalOf("EURUSD")!.State.Should().Be(SignalState.Error);
        desk.State.Signals[other].State.Should().Be(SignalState.Running, "it fails alone");
    }

    [Fact]
    public void A_gap_after_an_interruption_is_filled_from_history_and_not_traded_on()
    {
        var desk = new Desk(catalog: RecordingSystem.Catalog(_told, SystemDecision.Buy(1)), speed: 1);
        desk.CreateSignal("Recorder", "{}", history: At(60));
        desk.Take(new BrokerInput(new BrokerDisconnected(false, "cut")));
        desk.Connect();
        _told.Clear();

        var id = desk.Bar(300, 14m);
        desk.Effects.OfType<HistoryEffect>().Should().ContainSingle();
        desk.Effects.Should().NotContain(e => e is AcknowledgeEffect, "the frame waits for those before it");
        desk.Take(new HistoryInput("EURUSD", 60, new HistoryAnswer(MarketDataResult.Ok, [At(60), At(120), At(180), At(300)]), DateTimeOffset.FromUnixTimeSeconds(400)));

        _told.Select(line => line.Split(' ')[0]).Should().Equal("120", "180", "300");
        desk.State.Orders.Values.Select(o => o.Frame).Should().Equal(300);
        desk.Tools.Counts.Gaps.Should().Be(1);
        desk.Tools.Counts.Missing.Should().Be(1, "of 120, 180 and 240 history had two");
        desk.Effects.OfType<LogEffect>().Should().Contain(l => l.Message.StartsWith("Gap in EURUSD from 120 to 300: 3 frames"));
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Effects.Should().ContainEquivalentOf(new AcknowledgeEffect(id));
    }

    [Theory]
    [InlineData(false, 480L)]
    [InlineData(true, 240L, 360L, 480L)]
    public void Candles_a_gap_goes_through_are_bars_of_the_history_only_where_it_was_filled(bool isFilled, params long[] offered)
    {
        var desk = new Desk(catalog: RecordingSystem.Catalog(_told), speed: 1, timeFrames: [60], tellsGateway: true);
        desk.CreateSignal("Recorder", "{}", timeFrame: 120);
        var bars = new List<long>();
        Say(240);
        desk.Connect();

        Say(420);
        desk.Take(new HistoryInput(
            "EURUSD", 60, new HistoryAnswer(MarketDataResult.Ok, isFilled ? [At(300), At(360), At(420)] : [At(300), At(420)]), DateTimeOffset.FromUnixTimeSeconds(500)));
        Note();
        Say(480);
        Say(540);

        bars.Should().Equal(offered);

        void Say(long start)
        {
            desk.Bar(start, 10m);
            Note();
        }

        void Note() => bars.AddRange(desk.Changes.Bars.Select(row => row.Bar.UnixSeconds));
    }

    [Fact]
    public void In_lockstep_there_are_no_gaps()
    {
        var desk = new Desk(catalog: RecordingSystem.Catalog(_told));
        desk.CreateSignal("Recorder", "{}");
        desk.Bar(60, 10m);
        desk.Connect();

        desk.Bar(30_000, 10m);

        desk.Effects.Should().NotContain(e => e is HistoryEffect);
    }

    private static Frame At(long start, decimal price = 10) => new(start, price, price, price, price, 1);

    /// <summary>Moves market time: a frame of an epic without a signal.</summary>
    private sealed record AccountTime(long UnixSeconds)
    {
        public BrokerInput Input => new(new FrameEvent(null, "CLOCK", 1, At(UnixSeconds), true, false, DateTimeOffset.FromUnixTimeSeconds(UnixSeconds)));
    }
}
