using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Tests.Engine.Trading;

public sealed class FillTests
{
    [Fact]
    public void A_fill_told_twice_counts_once()
    {
        var desk = Accepted();

        desk.Fill(desk.LastOrder, 10m, 101m);
        desk.Fill(desk.LastOrder, 10m, 101m);

        desk.Changes.IsEmpty.Should().BeTrue();
        desk.State.Positions["EURUSD"].Qty.Should().Be(10m);
    }

    [Fact]
    public void A_fill_before_its_acceptance_is_a_fill()
    {
        var desk = new Desk();
        desk.CreateSignal("FUTM", """{"signal":"BUY","qty":10}""");
        desk.Bar(60, 100m);
        desk.Dispatch(desk.LastOrder);

        desk.Fill(desk.LastOrder, 10m, 101m);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Filled);
        desk.State.Signals.Values.Single().State.Should().Be(SignalState.Completed);
    }

    [Fact]
    public void Partial_fills_add_up_to_their_weighted_price()
    {
        var desk = Accepted();

        desk.Fill(desk.LastOrder, 4m, 100m, "F1");
        desk.LastOrder.Should().Match<Order>(o => o.ExecState == OrderExecState.Accepted && o.Filled == 4m);
        desk.Fill(desk.LastOrder, 6m, 105m, "F2");

        desk.LastOrder.Should().Match<Order>(o => o.ExecState == OrderExecState.Filled && o.Filled == 10m && o.AvgFillPrice == 103m);
    }

    [Fact]
    public void A_fill_after_an_error_is_believed()
    {
        var desk = Accepted();
        desk.Take(new BrokerInput(new OrderRejectedEvent(50, desk.LastOrder.DealReference, 1, "refused")));
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Error);

        desk.Fill(desk.LastOrder, 10m, 101m);

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Filled);
        desk.State.Positions["EURUSD"].Qty.Should().Be(10m);
    }

    [Fact]
    public void A_stop_the_broker_carried_out_becomes_an_order_of_the_system()
    {
        var desk = Accepted();
        desk.Fill(desk.LastOrder, 10m, 101m);
        var signal = desk.State.Positions["EURUSD"].SignalId;

        desk.Take(new BrokerInput(new FillEvent(60, new Fill(
            "F9", "BROKER-1", "D1", "EURUSD", OrderAction.ClosePosition, OrderOpType.Sell, OrderType.Stop, 10m, 98m, -30m, 180, DateTimeOffset.UnixEpoch))));

        desk.State.Positions.Should().BeEmpty();
        desk.LastOrder.Should().Match<Order>(o =>
            o.OrderType == OrderType.Stop && o.SignalId == signal && o.AuthorType == OrderAuthorType.System && o.Pnl == -30m && o.ExecState == OrderExecState.Filled);
    }

    [Fact]
    public void A_deal_somebody_made_at_the_broker_is_adopted_without_a_system()
    {
        var desk = new Desk();

        desk.Take(new BrokerInput(new FillEvent(60, new Fill(
            "F9", "BY-HAND", "D7", "DE40", OrderAction.OpenPosition, OrderOpType.Sell, OrderType.Market, 2m, 18_000m, null, 180, DateTimeOffset.UnixEpoch))));

        desk.State.Positions["DE40"].Should().Match<Position>(p => p.Qty == -2m && p.System == "");
        desk.LastOrder.AuthorType.Should().Be(OrderAuthorType.Undefined);
    }

    [Fact]
    public void A_reversal_closes_first_and_opens_when_that_is_filled()
    {
        var desk = new Desk();
        Open(desk, OrderOpType.Sell);
        desk.CreateSignal("FUTM", """{"signal":"BUY","qty":4}""");
        desk.Bar(60, 100m);

        var close = desk.LastOrder;
        close.Should().Match<Order>(o => o.Action == OrderAction.ClosePosition && o.OpType == OrderOpType.Buy && o.Qty == 10m);
        desk.Dispatch(close);
        desk.Answer(close, OrderAnswerKind.Accepted);
        desk.Fill(close, 10m, 100m, "F2");

        desk.LastOrder.Should().Match<Order>(o => o.Action == OrderAction.OpenPosition && o.OpType == OrderOpType.Buy && o.Qty == 4m && o.Frame == 60);
        desk.Effects.Should().NotContain(e => e is AcknowledgeEffect, "the market waits for the second half");
    }

    private static Desk Accepted()
    {
        var desk = new Desk();
        desk.CreateSignal("FUTM", """{"signal":"BUY","qty":10}""");
        desk.Bar(60, 100m);
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        return desk;
    }

    private static void Open(Desk desk, OrderOpType side)
    {
        desk.Command(new OpenPositionCommand { SrvId = 1, Epic = "EURUSD", OpType = side, Qty = 10m }).Code.Should().Be(0);
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Fill(desk.LastOrder, 10m, 101m);
    }
}
