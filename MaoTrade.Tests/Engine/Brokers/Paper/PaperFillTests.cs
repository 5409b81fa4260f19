using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

public sealed class PaperFillTests
{
    private const string TwoSides =
        """
        time,bid_open,bid_high,bid_low,bid_close,ask_open,ask_high,ask_low,ask_close
        2026-01-01T00:00:00Z,10,11,9,10,10.2,11.2,9.2,10.2
        2026-01-02T00:00:00Z,12,13,11,12,12.4,13.4,11.4,12.4
        2026-01-03T00:00:00Z,14,15,13,14,14.6,15.6,13.6,14.6
        2026-01-04T00:00:00Z,14,15,13,14,14.6,15.6,13.6,14.6

        """;

    [Fact]
    public async Task A_market_order_fills_at_the_open_of_the_next_bar_and_before_that_bar_is_sent()
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 12 9 11", "11.5 13 11 12", "12 12 12 12"));
        var peer = await rig.SubscribedAsync();
        var first = await peer.NextAsync<FrameEvent>();
        var answer = await peer.BuyAsync(2);
        await peer.AckAsync(first);
        var accepted = await peer.NextAndAckAsync<OrderAcceptedEvent>();
        var fill = await peer.NextAndAckAsync<FillEvent>();
        var second = await peer.NextAsync<FrameEvent>();

        answer.Kind.Should().Be(OrderAnswerKind.Accepted);
        accepted.DealId.Should().Be(answer.DealId);
        fill.Fill.Should().Be(new Fill(
            answer.DealId + "-1", accepted.DealReference, answer.DealId!, PaperRig.Epic, OrderAction.OpenPosition, OrderOpType.Buy,
            OrderType.Market, 2, 11.5m, null, PaperRig.Frame(1), DateTimeOffset.FromUnixTimeSeconds(PaperRig.Frame(1))));
        second.Frame.UnixSeconds.Should().Be(PaperRig.Frame(1));
        second.BrokerTime.ToUnixTimeSeconds().Should().Be(PaperRig.Frame(2));
    }

    [Fact]
    public async Task Buys_pay_the_ask_of_the_data_and_sells_get_its_bid()
    {
        await using var rig = await PaperRig.StartAsync(TwoSides);
        var peer = await rig.SubscribedAsync();
        var events = await peer.DriveAsync(3, (_, bar) => bar == 0 ? peer.BuyAsync(1) : peer.SellAsync(1));

        Prices(events).Should().Equal(12.4m, 14m);
        events.OfType<FrameEvent>().First().Frame.Close.Should().Be(10.1m, "the frame is the middle of both sides");
    }

    [Fact]
    public async Task Without_sides_half_the_spread_and_the_slippage_go_against_the_trader()
    {
        await using var rig = await PaperRig.StartAsync(
            PaperRig.Bars("10 10 10 10", "20 20 20 20", "30 30 30 30"), options => options with { Spread = 0.2m, Slippage = 0.05m });
        var peer = await rig.SubscribedAsync();
        var events = await peer.DriveAsync(3, (_, bar) => bar == 0 ? peer.BuyAsync(1) : peer.SellAsync(1));

        Prices(events).Should().Equal(20.15m, 29.85m);
    }

    [Fact]
    public async Task Waiting_market_orders_fill_in_the_order_of_their_arrival()
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "20 20 20 20"));
        var peer = await rig.SubscribedAsync();
        var events = await peer.DriveAsync(2, async (_, bar) =>
        {
            for (var i = 1; bar == 0 && i <= 5; i++)
            {
                await peer.BuyAsync(i);
            }
        });

        Fills(events).Select(fill => fill.Qty).Should().Equal(1, 2, 3, 4, 5);
    }

    [Theory]
    [InlineData("10 10 8.5 9", "Stop", 9, "the stop is touched inside the bar")]
    [InlineData("8 9 7 8", "Stop", 8, "the bar opens beyond the stop")]
    [InlineData("10 12 8 10", "Stop", 9, "both are inside the bar: stops come first")]
    [InlineData("10 11.5 9.5 11", "Limit", 11, "the limit is touched inside the bar")]
    [InlineData("12 13 11.5 12", "Limit", 12, "the bar opens beyond the limit")]
    public async Task A_long_position_is_closed_by_its_stop_or_limit(string bar, string type, decimal price, string because)
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "10 10 10 10", bar, "10 10 10 10"));
        var peer = await rig.SubscribedAsync();
        var events = await peer.DriveAsync(3, (_, i) => i == 0 ? peer.BuyAsync(2, stop: 9, limit: 11) : Task.CompletedTask);

        var close = Fills(events).Last();
        close.Should().BeEquivalentTo(
            new
            {
                Action = OrderAction.ClosePosition,
                OpType = OrderOpType.Sell,
                OrderType = Enum.Parse<OrderType>(type),
                Qty = 2m,
                Price = price,
                Pnl = (price - 10) * 2,
                FrameUnixSeconds = PaperRig.Frame(2),
            },
            because);
        close.DealReference.Should().StartWith("B").And.HaveLength(26);
        (await peer.PortfolioAsync()).Positions.Should().BeEmpty();
    }

    [Theory]
    [InlineData("10 11.5 10 11", "Stop", 11)]
    [InlineData("12 13 11.5 12", "Stop", 12)]
    [InlineData("10 10.5 8.5 9", "Limit", 9)]
    [InlineData("8 8.5 7 8", "Limit", 8)]
    public async Task A_short_position_is_closed_by_its_stop_or_limit(string bar, string type, decimal price)
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "10 10 10 10", bar, "10 10 10 10"));
        var peer = await rig.SubscribedAsync();
        var events = await peer.DriveAsync(3, (_, i) => i == 0 ? peer.SellAsync(2, stop: 11, limit: 9) : Task.CompletedTask);

        Fills(events).Last().Should().BeEquivalentTo(
            new { OpType = OrderOpType.Buy, OrderType = Enum.Parse<OrderType>(type), Price = price, Pnl = (10 - price) * 2 });
    }

    [Fact]
    public async Task The_stop_of_an_order_is_already_alive_in_the_bar_it_fills_in()
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "10 10 8 9"));
        var peer = await rig.SubscribedAsync();
        var events = await peer.DriveAsync(2, (_, i) => i == 0 ? peer.BuyAsync(1, stop: 9) : Task.CompletedTask);

        Fills(events).Select(fill => (fill.Price, fill.FrameUnixSeconds)).Should().Equal((10m, PaperRig.Frame(1)), (9m, PaperRig.Frame(1)));
    }

    [Fact]
    public async Task A_changed_stop_replaces_the_old_one()
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "10 10 10 10", "10 10 8 9", "9 9 9 9"));
        var peer = await rig.SubscribedAsync();
        OrderAnswer? changed = null;
        var events = await peer.DriveAsync(3, async (_, i) =>
        {
            if (i == 0)
            {
                await peer.BuyAsync(1, stop: 9);
            }
            else if (i == 1)
            {
                changed = await peer.Manager.ModifyAsync("MODIFY-1", PaperRig.Epic, 8.5m, null, default);
            }
        });

        changed!.Kind.Should().Be(OrderAnswerKind.Accepted);
        Prices(events).Should().Equal(10m, 8.5m);
        (await peer.Manager.LookUpAsync("MODIFY-1", default)).Kind.Should().Be(LookUpKind.Filled);
    }

    [Theory]
    [InlineData(OrderOpType.Buy, OrderType.Limit, 9, "10 10 8.5 9", 9)]
    [InlineData(OrderOpType.Buy, OrderType.Limit, 9, "8 8.5 7 8", 8)]
    [InlineData(OrderOpType.Buy, OrderType.Stop, 11, "10 11.5 10 11", 11)]
    [InlineData(OrderOpType.Sell, OrderType.Limit, 11, "12 12 12 12", 12)]
    [InlineData(OrderOpType.Sell, OrderType.Stop, 9, "8 8 8 8", 8)]
    public async Task A_working_order_waits_for_its_level(OrderOpType opType, OrderType type, decimal level, string bar, decimal price)
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "10 10 10 10", bar, "10 10 10 10"));
        var peer = await rig.SubscribedAsync();
        var events = await peer.DriveAsync(3, (_, i) => i == 0 ? peer.WorkAsync(opType, type, 1, level) : Task.CompletedTask);

        Fills(events).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { OrderType = type, OpType = opType, Price = price, FrameUnixSeconds = PaperRig.Frame(2) });
    }

    [Fact]
    public async Task A_cancelled_order_never_fills()
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "10 10 10 10", "5 5 5 5", "5 5 5 5"));
        var peer = await rig.SubscribedAsync();
        var ticket = peer.Ticket(OrderOpType.Buy, 1) with { OrderType = OrderType.Limit, Price = 9 };
        OrderAnswer? cancelled = null;
        var events = await peer.DriveAsync(4, async (_, i) =>
        {
            if (i == 0)
            {
                await peer.Manager.SubmitAsync(ticket, default);
            }
            else if (i == 1)
            {
                cancelled = await peer.Manager.CancelAsync(ticket.DealReference, default);
            }
        });

        cancelled!.Kind.Should().Be(OrderAnswerKind.Accepted);
        Fills(events).Should().BeEmpty();
        events.OfType<OrderCancelledEvent>().Should().ContainSingle().Which.DealReference.Should().Be(ticket.DealReference);
        (await peer.Manager.LookUpAsync(ticket.DealReference, default)).Kind.Should().Be(LookUpKind.Cancelled);
        (await peer.Manager.CancelAsync("NEVER-SEEN", default)).Kind.Should().Be(OrderAnswerKind.Rejected);
    }

    [Fact]
    public async Task A_close_never_exceeds_the_position_and_may_be_partial()
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "10 10 10 10", "12 12 12 12", "12 12 12 12"));
        var peer = await rig.SubscribedAsync();
        var answers = new List<OrderAnswerKind>();
        await peer.DriveAsync(3, async (_, i) =>
        {
            if (i == 0)
            {
                answers.Add((await peer.CloseAsync(OrderOpType.Sell, 1)).Kind);
                await peer.BuyAsync(3);
            }
            else if (i == 1)
            {
                answers.Add((await peer.CloseAsync(OrderOpType.Sell, 4)).Kind);
                answers.Add((await peer.CloseAsync(OrderOpType.Buy, 1)).Kind);
                answers.Add((await peer.CloseAsync(OrderOpType.Sell, 2)).Kind);
                answers.Add((await peer.CloseAsync(OrderOpType.Sell, 2)).Kind);
            }
        });

        answers.Should().Equal(
            OrderAnswerKind.Rejected, OrderAnswerKind.Rejected, OrderAnswerKind.Rejected, OrderAnswerKind.Accepted, OrderAnswerKind.Rejected);
        (await peer.PortfolioAsync()).Positions.Should().ContainSingle().Which.Qty.Should().Be(1);
    }

    private static IEnumerable<Fill> Fills(IEnumerable<BrokerEvent> events) => events.OfType<FillEvent>().Select(item => item.Fill);

    private static IEnumerable<decimal> Prices(IEnumerable<BrokerEvent> events) => Fills(events).Select(fill => fill.Price);
}
