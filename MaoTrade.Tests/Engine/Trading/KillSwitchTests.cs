using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>srvId 10, thrown at each step of an order's life: nothing opens, what is open is closed, nothing is forgotten.</summary>
public sealed class KillSwitchTests
{
    private static readonly KillSwitchCommand Throw = new() { SrvId = 10, Reason = "stop everything" };
    private static readonly OpenPositionCommand Buy = new() { SrvId = 1, Epic = "EURUSD", OpType = OrderOpType.Buy, Qty = 10m };

    [Fact]
    public void Without_positions_the_account_is_blocked_and_nothing_else_happens()
    {
        var desk = new Desk();

        var reply = desk.Command(Throw);

        JsonDocument.Parse(reply.Data).RootElement.GetProperty("blocked").GetBoolean().Should().BeTrue();
        desk.State.Should().Match<TradingState>(s => s.Blocked && s.BlockReason == "stop everything");
        desk.Changes.Account.Should().BeTrue("it survives a restart");
        desk.State.Orders.Should().BeEmpty();
        desk.Command(Buy).Code.Should().Be(ReplyCode.RiskRefused);
    }

    [Fact]
    public void What_never_left_is_withdrawn_in_the_same_commit()
    {
        var desk = new Desk();
        desk.Command(Buy);

        desk.Command(Throw);

        desk.LastOrder.Should().Match<Order>(o => o.ExecState == OrderExecState.Cancelled && o.DealStatus == DealStatus.ToTrash);
        desk.Take(new DispatchInput(desk.LastOrder.OrderId));
        desk.Effects.Should().NotContain(e => e is SendEffect);
    }

    [Fact]
    public void An_order_on_its_way_is_asked_back_when_accepted_and_closed_when_filled()
    {
        var desk = Sent();
        desk.Command(Throw);

        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Effects.Should().ContainSingle(e => e is CancelEffect);
        desk.Fill(desk.LastOrder, 10m, 100m);

        IsClosing(desk, 10m);
    }

    [Fact]
    public void A_working_order_is_asked_back()
    {
        var desk = Sent(Buy with { OrderType = OrderType.Limit, Price = 90m });
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);

        desk.Command(Throw);

        desk.Effects.Should().ContainSingle(e => e is CancelEffect);
    }

    [Fact]
    public void A_part_that_filled_is_closed_and_the_rest_asked_back()
    {
        var desk = Sent(Buy with { OrderType = OrderType.Limit, Price = 90m });
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Fill(desk.LastOrder, 4m, 90m);

        desk.Command(Throw);

        desk.Effects.Should().ContainSingle(e => e is CancelEffect);
        IsClosing(desk, 4m);
    }

    [Fact]
    public void An_unknown_order_is_waited_out_and_what_it_opened_is_closed()
    {
        var desk = Sent();
        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);
        desk.Command(Throw);
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown, "nothing is guessed");

        desk.Take(new ProofInput(desk.LastOrder.OrderId, new OrderProof(
            Desk.Found(LookUpKind.Filled), new FillPage([Desk.Filled(desk.LastOrder, 10m, 100m)], "c", false), desk.Portfolio())));

        IsClosing(desk, 10m);
    }

    [Fact]
    public void An_unknown_order_proven_absent_is_not_sent_again()
    {
        var desk = Sent();
        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);
        desk.Command(Throw);

        desk.Take(new ProofInput(desk.LastOrder.OrderId, new OrderProof(Desk.Found(LookUpKind.Absent), new FillPage([], "c", false), desk.Portfolio())));
        desk.Take(new DispatchInput(desk.LastOrder.OrderId));

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Cancelled);
        desk.Effects.Should().NotContain(e => e is SendEffect);
    }

    [Fact]
    public void A_position_is_closed_at_market_by_hand_with_the_cause()
    {
        var desk = Long();

        desk.Command(Throw);

        IsClosing(desk, 10m);
        desk.LastOrder.Should().Match<Order>(o => o.AuthorType == OrderAuthorType.User && o.OrderType == OrderType.Market);
        desk.LastOrder.Changes[0].Note.Should().Be("kill switch: stop everything");
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Fill(desk.LastOrder, 10m, 99m, "F2");
        desk.State.Positions.Should().BeEmpty();
    }

    [Fact]
    public void Thrown_again_it_closes_nothing_twice()
    {
        var desk = Long();
        desk.Command(Throw);
        var orders = desk.State.Orders.Count;

        desk.Command(Throw).Code.Should().Be(0);

        desk.State.Orders.Count.Should().Be(orders);
        desk.Changes.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void A_closing_order_that_is_refused_is_made_again_with_growing_pauses()
    {
        var desk = Long();
        desk.Command(Throw);

        foreach (var pause in new[] { 1, 2, 4 })
        {
            var orders = desk.State.Orders.Count;
            desk.Dispatch(desk.LastOrder);
            desk.Answer(desk.LastOrder, OrderAnswerKind.Rejected);
            desk.Clock.Advance(TimeSpan.FromSeconds(pause - 0.5));
            desk.Take(new TickInput());
            desk.State.Orders.Count.Should().Be(orders, $"the pause is {pause} s");

            desk.Clock.Advance(TimeSpan.FromSeconds(0.5));
            desk.Take(new TickInput());
            desk.State.Orders.Count.Should().Be(orders + 1);
            IsClosing(desk, 10m);
        }
    }

    [Fact]
    public void A_closing_order_under_way_is_not_doubled()
    {
        var desk = Long();
        desk.Command(new ClosePositionCommand { SrvId = 2, Epic = "EURUSD" });
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);
        var orders = desk.State.Orders.Count;

        desk.Command(Throw);
        desk.Clock.Advance(TimeSpan.FromMinutes(5));
        desk.Take(new TickInput());

        desk.State.Orders.Count.Should().Be(orders, "it may be filled already");
    }

    [Fact]
    public void While_the_broker_is_away_it_answers_at_once_and_closes_after_the_reconciliation()
    {
        var desk = Long();
        desk.Take(new BrokerInput(new BrokerDisconnected(false, "gone")));

        desk.Command(Throw).Code.Should().Be(0);
        desk.State.OpenOrders.Should().BeEmpty();
        desk.Take(new ConnectedInput(desk.State.Capabilities!));
        desk.State.OpenOrders.Should().BeEmpty();
        desk.Take(new SurveyInput(desk.Survey()));

        IsClosing(desk, 10m);
    }

    [Fact]
    public void The_second_half_of_a_reversal_does_not_open()
    {
        var desk = Long();
        desk.CreateSignal("FUTM", """{"signal":"SELL","qty":5}""");
        desk.Bar(60, 100m);
        var close = desk.LastOrder;
        close.OnFilled.Should().NotBeNull();
        desk.Dispatch(close);
        desk.Answer(close, OrderAnswerKind.Accepted);
        desk.Command(Throw);

        desk.Fill(close, 10m, 100m, "F2");

        desk.State.Positions.Should().BeEmpty();
        desk.State.OpenOrders.Should().BeEmpty();
    }

    [Fact]
    public void Only_a_release_ends_it_and_it_takes_a_reason()
    {
        var desk = new Desk();
        desk.Command(Throw);

        desk.Command(new KillSwitchCommand { SrvId = 10, Blocked = false, Reason = "" }).Code.Should().Be(ReplyCode.Malformed);
        desk.State.Blocked.Should().BeTrue();
        desk.Command(new KillSwitchCommand { SrvId = 10, Blocked = false, Reason = "checked" }).Code.Should().Be(0);

        desk.State.Should().Match<TradingState>(s => !s.Blocked && s.BlockReason == null);
        desk.Command(Buy).Code.Should().Be(0);
    }

    [Fact]
    public void A_position_made_at_the_broker_while_blocked_is_closed_too()
    {
        var desk = new Desk();
        desk.Command(Throw);

        desk.Take(new BrokerInput(new FillEvent(1, new Fill(
            "X1", "BY-HAND", "D7", "DE40", OrderAction.OpenPosition, OrderOpType.Sell, OrderType.Market, 3m, 18_000m, null, 60, DateTimeOffset.UnixEpoch))));

        desk.LastOrder.Should().Match<Order>(o => o.Epic == "DE40" && o.Action == OrderAction.ClosePosition && o.OpType == OrderOpType.Buy && o.Qty == 3m);
    }

    private static void IsClosing(Desk desk, decimal qty) => desk.LastOrder.Should().Match<Order>(o =>
        o.Action == OrderAction.ClosePosition && o.OpType == OrderOpType.Sell && o.Qty == qty && o.ExecState == OrderExecState.JustCreated);

    private static Desk Sent(OpenPositionCommand? command = null)
    {
        var desk = new Desk();
        desk.Command(command ?? Buy).Code.Should().Be(0);
        desk.Dispatch(desk.LastOrder);
        return desk;
    }

    private static Desk Long()
    {
        var desk = Sent();
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Fill(desk.LastOrder, 10m, 100m);
        return desk;
    }
}
