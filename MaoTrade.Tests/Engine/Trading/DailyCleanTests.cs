using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Market.Figures;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Engine.Trading.Feeds;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>The desk's account is in UTC and cleans at 23:45; its market begins at 1970-01-01 00:00.</summary>
public sealed class DailyCleanTests
{
    private const long Clean = 85_500;
    private const long Day = 86_400;
    private readonly List<string> _told = [];

    [Fact]
    public void A_signal_at_its_end_leaves_with_everything_it_stored_and_one_without_an_end_stays()
    {
        using var desk = new StoredDesk(RecordingSystem.Catalog(_told));
        var open = desk.CreateSignal("Recorder", 60);
        desk.AnswerHistory();
        var ending = desk.CreateSignal("Recorder", 60, "GBPUSD", endTrade: 600);
        desk.AnswerHistory();
        desk.Say(Frame(540), 60);
        desk.Say(Frame(540), 60, epic: "GBPUSD");
        desk.Stored.Frames.Should().ContainKeys(open, ending);

        desk.Say(Frame(Clean - 60), 60);

        desk.State.Signals.Keys.Should().Equal(open);
        desk.Effects.Should().ContainEquivalentOf(new UnsubscribeEffect("GBPUSD"));
        desk.Effects.OfType<LogEffect>().Should().Contain(l => l.Message.StartsWith("Daily clean of 1970-01-01") && l.Message.Contains(ending));
        desk.Stored.Signals.Select(s => s.SignalId).Should().Equal(open);
        desk.Stored.Frames.Keys.Should().Equal(open);
        desk.Stored.Feeds.Keys.Should().Equal(open);
        desk.Stored.SystemStates.Keys.Should().NotContain(ending);
    }

    [Fact]
    public void A_restart_does_not_repeat_a_clean_and_makes_up_for_a_missed_one()
    {
        using var desk = new StoredDesk(RecordingSystem.Catalog(_told));
        desk.CreateSignal("Recorder", 60);
        desk.AnswerHistory();
        desk.Say(Frame(540), 60);
        desk.Say(Frame(Clean), 60);
        Cleans(desk).Should().Be(1);
        desk.Restart();
        desk.Take(new TickInput());
        desk.Say(Frame(Clean + 60), 60);
        Cleans(desk).Should().Be(0);

        desk.Restart(brokerTime: (4 * Day) + 10);
        desk.Take(new TickInput());

        Cleans(desk).Should().Be(1, "the days in between are one clean, at start");
        desk.State.TradingDay.Should().Be(new DateOnly(1970, 1, 5));
    }

    [Fact]
    public void A_completed_signal_with_an_order_on_its_way_waits_for_the_next_day()
    {
        var desk = new Desk(catalog: RecordingSystem.Catalog(_told, SystemDecision.Buy(1)));
        var id = Ending(desk, 600);
        desk.Bar(480, 10m);
        var order = desk.LastOrder;
        desk.Dispatch(order);

        desk.Bar(Clean, 10m);
        desk.State.Signals.Should().ContainKey(id);
        desk.Effects.OfType<LogEffect>().Should().Contain(l => l.Message.Contains("1 wait for their orders"));

        desk.Answer(order, OrderAnswerKind.Rejected);
        desk.Bar(Clean + Day, 10m);
        desk.State.Signals.Should().NotContainKey(id);
    }

    [Fact]
    public void The_days_equity_begins_anew_with_the_clean_and_not_at_midnight()
    {
        var desk = new Desk();
        desk.Take(new BrokerInput(Figures(1_000)));
        desk.Bar(600, 10m);
        desk.Take(new BrokerInput(Figures(1_200)));
        desk.Take(new BrokerInput(Figures(900)));
        desk.State.Equity.Should().Be(new EquityDay(new DateOnly(1970, 1, 1), 1_000, 1_200, 900, 900, 0.25));

        desk.Bar(Clean, 10m);
        desk.State.Equity.Should().Be(EquityDay.Begin(new DateOnly(1970, 1, 2), 900));
        desk.Changes.EquityDays.Should().Equal(new EquityDay(new DateOnly(1970, 1, 1), 1_000, 1_200, 900, 900, 0.25));
        desk.Bar(Day, 10m);
        desk.Take(new BrokerInput(Figures(950)));
        desk.State.Equity.Should().Be(new EquityDay(new DateOnly(1970, 1, 2), 900, 950, 900, 950, 0));
    }

    [Fact]
    public void A_market_that_runs_by_itself_ends_the_day_without_a_frame_whatever_the_wall_clock_does()
    {
        var desk = new Desk(speed: 1);
        desk.Bar(Clean - 120, 10m);
        desk.Clock.JumpWallClock(TimeSpan.FromSeconds(262));
        desk.Take(new TickInput());
        desk.State.TradingDay.Should().Be(new DateOnly(1970, 1, 1));

        desk.Clock.JumpWallClock(TimeSpan.FromSeconds(-524));
        desk.Clock.Advance(TimeSpan.FromSeconds(61));
        desk.Take(new TickInput());

        desk.State.TradingDay.Should().Be(new DateOnly(1970, 1, 2));
    }

    [Fact]
    public void The_oldest_ended_orders_and_fills_leave_memory_and_open_ones_never()
    {
        var state = new Desk().State;
        for (var i = 0; i < TradingState.EndedOrdersKept + 5; i++)
        {
            state = state.With(Order(i, i == 0 ? OrderExecState.Accepted : OrderExecState.Filled));
        }

        var cleaned = state.WithoutOldest();

        cleaned.Orders.Should().HaveCount(TradingState.EndedOrdersKept + 1).And.ContainKey("0000000").And.NotContainKey("0000004").And.ContainKey("0000005");
        cleaned.ByReference.Should().HaveCount(cleaned.Orders.Count);
        cleaned.HoldsAllOrders.Should().BeFalse();
        cleaned.OpenOrders.Should().Equal("0000000");
    }

    [Fact]
    public void Of_the_fills_the_last_ones_are_always_known()
    {
        var state = new Desk().State with { FillIds = [.. Enumerable.Range(0, TradingState.FillIdsKept).Select(i => $"a{i}")] };

        var once = state.WithoutOldest();
        once.HasFill("a7").Should().BeTrue();
        once.WithoutOldest().HasFill("a7").Should().BeTrue("few came since");
        var twice = (once with { FillIds = state.FillIds.Select(id => "b" + id).ToHashSet().Aggregate(once.FillIds, (set, id) => set.Add(id)) }).WithoutOldest();
        twice.HasFill("a7").Should().BeFalse();
        twice.HasFill("ba7").Should().BeTrue();
    }

    [Fact]
    public void The_opening_and_closing_of_the_brokers_session_is_logged_when_it_changes()
    {
        var desk = new Desk();
        desk.Take(new BrokerInput(Figures(1_000)));
        desk.Effects.OfType<LogEffect>().Should().BeEmpty();
        desk.Take(new BrokerInput(Figures(1_000, open: false)));

        desk.Effects.OfType<LogEffect>().Should().ContainSingle(l => l.Message == "The broker's trading session is closed");
    }

    private static int Cleans(StoredDesk desk) => desk.Effects.OfType<LogEffect>().Count(l => l.Message.StartsWith("Daily clean", StringComparison.Ordinal));

    private static Frame Frame(long start) => new(start, 10, 10, 10, 10, 0);

    private static AccountEvent Figures(decimal equity, bool open = true) => new(
        null, new BrokerAccount("demo", "Demo", AccountStatus.Enabled, "EUR", 1_000m, equity, 0m, 0m, open));

    private static Order Order(int number, OrderExecState state) => new()
    {
        OrderId = $"{number:0000000}",
        DealReference = $"R{number}",
        System = "",
        Epic = "EURUSD",
        Action = OrderAction.OpenPosition,
        OpType = OrderOpType.Buy,
        OrderType = OrderType.Market,
        Qty = 1,
        AuthorType = OrderAuthorType.User,
        ExecState = state,
    };

    private static string Ending(Desk desk, long endTrade)
    {
        desk.Command(new UpsertSignalCommand
        {
            SrvId = 6,
            Signal = new SignalProposal { Epic = "EURUSD", System = "Recorder", TimeFrame = 60, EndTrade = endTrade, Params = JsonDocument.Parse("{}").RootElement },
        }).Code.Should().Be(0);
        desk.AnswerHistory();
        return desk.State.Signals.Keys.Single();
    }
}
