using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Trading.Feeds;

/// <summary>Candles of a signal from shorter frames of the broker.</summary>
public sealed class CandleTests
{
    private readonly List<string> _told = [];

    [Theory]
    [InlineData(3_600, 3_600, 60, 300, 3_600)]
    [InlineData(300, 600, 60, 300, 3_600)]
    [InlineData(60, 120, 60, 300, 3_600)]
    [InlineData(90, 90)]
    public void The_longest_length_that_divides_the_signals_is_subscribed(int expected, int timeFrame, params int[] offered)
    {
        var desk = new Desk(catalog: RecordingSystem.Catalog(_told), timeFrames: offered);
        desk.CreateSignal("Recorder", "{}", timeFrame: timeFrame);

        desk.Effects.OfType<SubscribeEffect>().Single().TimeFrameSeconds.Should().Be(expected);
    }

    [Fact]
    public void Without_a_length_that_divides_it_the_signal_is_in_error_and_says_what_there_is()
    {
        var desk = new Desk(catalog: RecordingSystem.Catalog(_told), timeFrames: [60, 300]);
        var id = desk.CreateSignal("Recorder", "{}", timeFrame: 90);

        desk.State.Signals[id].Should().Match<Signal>(s => s.State == SignalState.Error && s.Error == "timeFrame: 90 s is no multiple of what the broker sends (60, 300 s)");
        desk.Effects.Should().NotContain(e => e is SubscribeEffect || e is HistoryEffect);
    }

    [Fact]
    public void A_candle_grows_and_closes_with_the_frame_that_ends_it()
    {
        using var desk = Begin(180);

        desk.Say(new Frame(180, 10, 12, 9, 11, 1), 60);
        desk.Say(new Frame(240, 11, 11, 11, 11, 1), 60, closed: false);
        desk.Say(new Frame(240, 11, 15, 10, 14, 2), 60);
        desk.Say(new Frame(300, 14, 14, 8, 13, 3), 60);

        _told.Should().Equal(
            "180 10/12/9/11 v1 grows", "180 10/12/9/11 v2 grows", "180 10/15/9/14 v3 grows", "180 10/15/8/13 v6 closed");
        desk.Stored.Frames.Values.Single().Should().Equal(new Frame(180, 10, 15, 8, 13, 6));
        desk.Offered.Should().Equal(new Frame(180, 10, 15, 8, 13, 6));
    }

    [Fact]
    public void A_candle_whose_beginning_nobody_saw_is_no_bar_of_the_history_and_the_next_one_is()
    {
        using var desk = Begin(180);

        desk.Say(new Frame(240, 11, 11, 11, 11, 1), 60, closed: false);
        desk.Say(new Frame(240, 11, 15, 10, 14, 2), 60);
        desk.Restart();
        desk.Say(new Frame(300, 14, 14, 8, 13, 3), 60);
        desk.Say(new Frame(420, 14, 14, 8, 13, 3), 60);
        desk.Say(new Frame(480, 14, 16, 8, 13, 3), 60);

        desk.Stored.Frames.Values.Single().Select(frame => frame.UnixSeconds).Should().Equal(180, 360);
        desk.Offered.Should().Equal([new Frame(360, 14, 16, 8, 13, 6)], "its first minute had no frame, which the one before it proves");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_candle_whose_end_never_came_closes_when_a_later_one_begins(bool closed)
    {
        using var desk = Begin(180);
        desk.Say(new Frame(180, 10, 10, 10, 10, 1), 60);
        desk.Say(new Frame(360, 20, 20, 20, 20, 1), 60, closed);

        _told.Should().Equal("180 10/10/10/10 v1 grows", "180 10/10/10/10 v1 closed", "360 20/20/20/20 v1 grows");
        desk.State.Orders.Should().ContainSingle("the next candle follows at once").Which.Value.Frame.Should().Be(180);
    }

    [Fact]
    public void A_candle_left_behind_by_the_market_is_learnt_and_not_traded_on()
    {
        using var desk = Begin(180);
        desk.Say(new Frame(180, 10, 10, 10, 10, 1), 60);
        desk.Say(new Frame(1_800, 20, 20, 20, 20, 1), 60);

        _told.Should().Contain("180 10/10/10/10 v1 closed");
        desk.State.Orders.Should().BeEmpty();
    }

    [Fact]
    public void Killed_at_every_frame_the_candles_and_orders_are_those_of_an_undisturbed_run()
    {
        var random = new Random(20261121);
        var minutes = Enumerable.Range(0, 30).Where(_ => random.Next(5) > 0)
            .Select(i => (decimal)random.Next(100, 120) is var price
                ? new Frame(900 + (i * 60), price, price + random.Next(3), price - random.Next(3), price, random.Next(9)) : default)
            .ToArray();
        var expected = FrameAggregator.Aggregate(minutes, 300).ToArray();

        var undisturbed = Run(minutes, killBefore: -1);
        undisturbed.Closed.Should().Equal(expected.Take(undisturbed.Closed.Length)).And.HaveCountGreaterThanOrEqualTo(expected.Length - 1);
        for (var kill = 0; kill < minutes.Length; kill += 1)
        {
            Run(minutes, kill).Should().BeEquivalentTo(undisturbed, options => options.WithStrictOrdering(), $"it was killed before frame {kill}");
        }
    }

    private (Frame[] Closed, string[] Orders) Run(Frame[] minutes, int killBefore)
    {
        var closed = new SortedDictionary<long, Frame>();
        using var desk = Begin(300);
        for (var i = 0; i < minutes.Length; i++)
        {
            if (i == killBefore)
            {
                desk.Restart();
                if (i > 0)
                {
                    desk.Say(minutes[i - 1], 60);
                }
            }

            desk.Say(minutes[i], 60);
            foreach (var frame in desk.Stored.Frames.Values.SingleOrDefault() ?? [])
            {
                closed[frame.UnixSeconds] = frame;
            }
        }

        return ([.. closed.Values], [.. desk.State.Orders.Values.Select(o => $"{o.Frame} {o.OpType} {o.Qty}")]);
    }

    private StoredDesk Begin(int timeFrame)
    {
        var desk = new StoredDesk(RecordingSystem.Catalog(_told, SystemDecision.Buy(1)), 60);
        desk.CreateSignal("Recorder", timeFrame);
        desk.AnswerHistory();
        _told.Clear();
        return desk;
    }
}
