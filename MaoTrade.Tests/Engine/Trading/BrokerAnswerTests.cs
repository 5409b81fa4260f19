using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>What brokers answer on a bad day: never sent twice while it may be there, never ended without proof.</summary>
public sealed class BrokerAnswerTests
{
    [Theory]
    [InlineData("200 with garbage")]
    [InlineData("200 with an HTML page")]
    [InlineData("405 on the confirm")]
    [InlineData("500")]
    [InlineData("502")]
    [InlineData("503")]
    [InlineData("504")]
    [InlineData("silence")]
    [InlineData("the connection broke after the first byte")]
    public void What_proves_nothing_leaves_the_order_unknown_until_all_witnesses_agree(string kind)
    {
        var desk = Sent(TimeSpan.FromSeconds(60));

        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown, kind);

        for (var second = 0; second < 60; second += 5)
        {
            desk.Take(new TickInput());
            desk.Take(new ProofInput(desk.LastOrder.OrderId, Absent(desk)));
            desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown, $"\"not found\" after {second} s is within the look-up lag");
            desk.Effects.Should().NotContain(e => e is SendEffect || e is DispatchEffect);
            desk.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        desk.Take(new ProofInput(desk.LastOrder.OrderId, Absent(desk) with { Portfolio = desk.Portfolio([Desk.At("EURUSD", 10m)]) }));
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown, "the position says otherwise");
        desk.Take(new ProofInput(desk.LastOrder.OrderId, Absent(desk)));
        desk.Dispatch(desk.LastOrder).Ticket.DealReference.Should().Be(desk.LastOrder.DealReference);
    }

    [Theory]
    [InlineData("429 before it was taken")]
    [InlineData("403 exceeded-account-allowance")]
    [InlineData("401 before it was taken")]
    [InlineData("not connected")]
    public void What_cannot_have_reached_the_broker_goes_again_every_30_seconds_until_the_deadline(string kind)
    {
        var desk = Sent(TimeSpan.Zero);

        for (var attempt = 1; attempt <= 4; attempt++)
        {
            desk.LastOrder.Attempt.Should().Be(attempt);
            desk.Answer(desk.LastOrder, OrderAnswerKind.NotSent, kind);
            desk.LastOrder.DealStatus.Should().Be(DealStatus.Delayed);
            desk.Clock.JumpWallClock(TimeSpan.FromSeconds(attempt % 2 == 0 ? 262 : -262));
            desk.Clock.Advance(TimeSpan.FromSeconds(30));
            desk.Take(new TickInput());
        }

        desk.LastOrder.Attempt.Should().Be(5, "120 s are not over");
        desk.Answer(desk.LastOrder, OrderAnswerKind.NotSent, kind);
        desk.Clock.Advance(TimeSpan.FromSeconds(30));
        desk.Take(new TickInput());
        desk.LastOrder.Should().Match<Order>(o => o.DealStatus == DealStatus.Rejected && o.ErrorMessage == "submit time expired");
    }

    [Fact]
    public void Duplicate_and_reordered_events_count_once_each()
    {
        var desk = Sent(TimeSpan.Zero);
        var order = desk.LastOrder;

        desk.Fill(order, 4m, 100m, "F2");
        desk.Fill(order, 6m, 101m, "F1");
        desk.Fill(order, 4m, 100m, "F2");
        desk.Take(new BrokerInput(new OrderAcceptedEvent(90, order.DealReference, "D1")));
        desk.Answer(order, OrderAnswerKind.Unknown, "late");
        desk.Take(new BrokerInput(new OrderAcceptedEvent(91, order.DealReference, "D1")));

        desk.LastOrder.Should().Match<Order>(o => o.ExecState == OrderExecState.Filled && o.Filled == 10m);
        desk.State.Positions["EURUSD"].Qty.Should().Be(10m);
    }

    private static OrderProof Absent(Desk desk) => new(Desk.Found(LookUpKind.Absent), new FillPage([], "c", false), desk.Portfolio());

    private static Desk Sent(TimeSpan lag)
    {
        var desk = new Desk(lag);
        desk.CreateSignal("FUTM", """{"signal":"BUY","qty":10}""");
        desk.Bar(60, 100m);
        desk.Dispatch(desk.LastOrder);
        return desk;
    }
}
