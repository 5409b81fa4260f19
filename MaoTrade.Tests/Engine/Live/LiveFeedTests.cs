using MaoTrade.Engine.Live;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.Engine.Trading;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Live;

/// <summary>Changes as subscribers see them: after the commit, numbered, complete or with a gap that says so.</summary>
public sealed class LiveFeedTests
{
    private static readonly LiveChannel[] Orders = [LiveChannel.Orders];

    [Fact]
    public async Task A_snapshot_comes_first_and_then_each_committed_order_with_the_next_number()
    {
        await using var desk = new LiveDesk();
        desk.Take(LiveDesk.Buy("before"));
        var listener = desk.Listen(Orders);

        var (what, data) = await listener.EventAsync();
        what.Should().Be("orders snapshot 1000");
        data.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("clientOrderId").GetString()).Should().Equal("before");
        desk.Take(LiveDesk.Buy("a"));
        desk.Take(LiveDesk.Buy("b"));

        (what, data) = await listener.EventAsync();
        what.Should().Be("orders change 1001");
        data.GetProperty("clientOrderId").GetString().Should().Be("a");
        data.GetProperty("changes").GetArrayLength().Should().Be(1);
        (what, data) = await listener.EventAsync();
        what.Should().Be("orders change 1002");
        data.GetProperty("clientOrderId").GetString().Should().Be("b");
    }

    [Fact]
    public async Task What_one_commit_holds_is_told_in_the_order_of_its_inputs_and_only_on_the_channels_asked_for()
    {
        await using var desk = new LiveDesk();
        var orders = desk.Listen(Orders);
        var signals = desk.Listen([LiveChannel.Signals]);
        await orders.ExpectAsync("orders snapshot 1000");
        await signals.ExpectAsync("signals snapshot 1000");

        desk.Take([.. new[] { "a", "b", "c" }.Select(id => new CommandInput(new CommandTicket(null, long.MaxValue), LiveDesk.Buy(id)))]);

        await orders.ExpectAsync("orders change 1001", "orders change 1002", "orders change 1003");
        signals.Subscription.TryTake(out _).Should().BeFalse("no signal changed");
    }

    [Fact]
    public async Task A_trade_is_told_when_a_fill_has_closed_something()
    {
        await using var desk = new LiveDesk();
        var listener = desk.Listen([LiveChannel.Trades]);
        await listener.ExpectAsync("trades snapshot 1000");
        desk.Take(LiveDesk.Buy("in"));
        var order = desk.Trading.State.Orders.Values.Last();
        desk.Take(new DispatchInput(order.OrderId));
        desk.Take(new BrokerInput(new MaoTrade.Engine.Brokers.FillEvent(1, Desk.Filled(order, 1m, 1.10m, "F1", frame: 120))));
        desk.Take(new ClosePositionCommand { SrvId = 2, ClientOrderId = "out", Epic = "EURUSD" });
        var closing = desk.Trading.State.Orders.Values.Last();
        desk.Take(new DispatchInput(closing.OrderId));
        desk.Take(new BrokerInput(new MaoTrade.Engine.Brokers.FillEvent(2, Desk.Filled(closing, 1m, 1.25m, "F2", frame: 180))));

        var (what, trade) = await listener.EventAsync();

        what.Should().Be("trades change 1001");
        trade.GetProperty("tradeId").GetString().Should().Be("F2");
        trade.GetProperty("epic").GetString().Should().Be("EURUSD");
        trade.GetProperty("opType").GetInt32().Should().Be(1, "it was long");
        trade.GetProperty("entryPrice").GetDecimal().Should().Be(1.10m);
        trade.GetProperty("exitPrice").GetDecimal().Should().Be(1.25m);
        trade.GetProperty("qty").GetDecimal().Should().Be(1m);
        trade.GetProperty("pnl").GetDecimal().Should().Be(0.15m, "1.25 - 1.10 for one");
        trade.GetProperty("entryFrame").GetInt64().Should().Be(120);
        trade.GetProperty("exitFrame").GetInt64().Should().Be(180);
    }

    [Fact]
    public async Task Who_comes_back_in_time_gets_exactly_what_was_missed()
    {
        await using var desk = new LiveDesk();
        var first = desk.Listen(Orders);
        await first.ExpectAsync("orders snapshot 1000");
        desk.Take(LiveDesk.Buy("a"));
        await first.ExpectAsync("orders change 1001");
        first.Subscription.End(0, "");
        desk.Take(LiveDesk.Buy("b"));
        desk.Take(LiveDesk.Buy("c"));

        await desk.Listen(Orders, (LiveChannel.Orders, 1001)).ExpectAsync("orders change 1002", "orders change 1003");
        var last = desk.Listen(Orders, (LiveChannel.Orders, 1003));
        desk.Take(LiveDesk.Buy("d"));
        await last.ExpectAsync("orders change 1004");
    }

    [Theory]
    [InlineData(1003)]
    [InlineData(999)]
    [InlineData(0)]
    public async Task A_number_the_engine_cannot_go_on_from_gets_a_gap_and_a_snapshot(long from)
    {
        await using var desk = new LiveDesk();
        var first = desk.Listen(Orders);
        await first.ExpectAsync("orders snapshot 1000");
        desk.Take(LiveDesk.Buy("a"));
        await first.ExpectAsync("orders change 1001");

        await desk.Listen(Orders, (LiveChannel.Orders, from)).ExpectAsync("orders gap 1001", "orders snapshot 1001");
    }

    [Fact]
    public async Task Changes_beyond_what_is_kept_are_a_gap()
    {
        await using var desk = new LiveDesk();
        var first = desk.Listen(Orders);
        await first.ExpectAsync("orders snapshot 1000");
        for (var i = 1; i <= LiveRing.Most + 1; i++)
        {
            desk.Take(LiveDesk.Buy($"o{i}"));
            await first.ExpectAsync($"orders change {1000 + i}");
        }

        await desk.Listen(Orders, (LiveChannel.Orders, 1001)).ExpectAsync("orders change 1002");
        await desk.Listen(Orders, (LiveChannel.Orders, 1000)).ExpectAsync("orders gap 1513", "orders snapshot 1513");
    }

    [Fact]
    public async Task Nothing_is_kept_while_nobody_has_listened_for_a_minute_and_the_next_one_is_told_of_the_gap()
    {
        await using var desk = new LiveDesk();
        var first = desk.Listen(Orders);
        await first.ExpectAsync("orders snapshot 1000");
        first.Subscription.End(0, "");
        await first.NextAsync();
        await Until.TrueAsync("the feed rests", TimeSpan.FromSeconds(60), () =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(61));
            desk.Feed.TryOpen(new LiveWish([LiveChannel.Logs], System.Collections.Immutable.ImmutableDictionary<LiveChannel, long>.Empty), out var probe);
            var listener = new LiveDesk.Listener(probe);
            return ProbeAsync(listener);
        });
        desk.Take(LiveDesk.Buy("unheard"));

        var again = desk.Listen(Orders, (LiveChannel.Orders, 1000));
        (await again.EventAsync()).What.Should().StartWith("orders gap ");
        (await again.EventAsync()).Data.GetProperty("orders").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task A_session_that_begins_anew_tells_a_gap_and_a_snapshot_above_all_earlier_numbers()
    {
        await using var desk = new LiveDesk();
        var listener = desk.Listen(Orders);
        await listener.ExpectAsync("orders snapshot 1000");
        desk.Take(LiveDesk.Buy("a"));
        await listener.ExpectAsync("orders change 1001");

        desk.Feed.Begin(5_000);
        desk.Board.Publish(desk.Trading.State);

        await listener.ExpectAsync("orders gap 5000", "orders snapshot 5000");
        desk.Take(LiveDesk.Buy("b"));
        await listener.ExpectAsync("orders change 5001");
        await desk.Listen(Orders, (LiveChannel.Orders, 1001)).ExpectAsync("orders gap 5001", "orders snapshot 5001");
    }

    [Fact]
    public async Task Who_lets_more_than_a_thousand_changes_wait_is_ended_and_the_others_go_on()
    {
        await using var desk = new LiveDesk();
        var slow = desk.Listen(Orders);
        var quick = desk.Listen(Orders);
        await quick.ExpectAsync("orders snapshot 1000");
        for (var i = 1; i <= LiveSubscription.MostWaiting + 1; i++)
        {
            desk.Take(LiveDesk.Buy($"o{i}"));
            await quick.ExpectAsync($"orders change {1000 + i}");
        }

        var (code, _, _, more) = await slow.NextAsync();

        code.Should().Be(ReplyCode.Busy);
        more.Should().BeFalse();
        slow.Subscription.TryTake(out _).Should().BeFalse("nothing follows the last reply");
        desk.Take(LiveDesk.Buy("after"));
        await quick.ExpectAsync("orders change 2002");
    }

    [Fact]
    public async Task The_portfolio_is_told_when_its_figures_change_and_at_most_five_times_a_second()
    {
        await using var desk = new LiveDesk();
        var listener = desk.Listen([LiveChannel.Portfolio]);
        var (what, data) = await listener.EventAsync();
        what.Should().Be("portfolio snapshot 1000");
        data.GetProperty("accountId").GetString().Should().Be("demo");
        data.GetProperty("blocked").GetBoolean().Should().BeFalse();

        desk.Take(new TickInput());
        desk.Take(new KillSwitchCommand { SrvId = 10, Reason = "a test" });
        (what, data) = await listener.EventAsync();
        what.Should().Be("portfolio change 1001");
        data.GetProperty("blocked").GetBoolean().Should().BeTrue();
        desk.Take(new KillSwitchCommand { SrvId = 10, Blocked = false, Reason = "over" });
        desk.Take(new TickInput());
        var orders = desk.Listen(Orders);
        await orders.EventAsync();
        listener.Subscription.TryTake(out _).Should().BeFalse("it was told a moment ago");

        desk.Clock.Advance(TimeSpan.FromMilliseconds(201));
        (what, data) = await listener.EventAsync();
        what.Should().Be("portfolio change 1002");
        data.GetProperty("blocked").GetBoolean().Should().BeFalse("the latest state counts");
    }

    [Fact]
    public async Task A_lost_store_shows_in_the_portfolio()
    {
        await using var desk = new LiveDesk();
        var listener = desk.Listen([LiveChannel.Portfolio]);
        await listener.EventAsync();

        desk.Board.MarkStale();

        var (_, data) = await listener.EventAsync();
        data.GetProperty("stale").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Subscribers_are_bounded_and_a_place_is_free_again_when_one_leaves()
    {
        await using var desk = new LiveDesk();
        var wish = new LiveWish([LiveChannel.Orders], System.Collections.Immutable.ImmutableDictionary<LiveChannel, long>.Empty);
        var open = Enumerable.Range(0, LiveFeed.MostSubscriptions).Select(_ => desk.Listen(Orders)).ToArray();
        desk.Feed.TryOpen(wish, out _).Should().BeFalse();

        open[0].Subscription.End(0, "");

        desk.Feed.TryOpen(wish, out _).Should().BeTrue();
    }

    private static async Task<bool> ProbeAsync(LiveDesk.Listener listener)
    {
        // A feed that had rested begins a new run of numbers: the first one was 1000.
        var seq = (await listener.EventAsync()).What;
        listener.Subscription.End(0, "");
        await listener.NextAsync();
        return seq != "logs snapshot 1000";
    }
}
