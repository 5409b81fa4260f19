using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>srvId 14: an operator ends what no broker proves, by name and with a reason.</summary>
public sealed class ResolveTests
{
    private static readonly ResolveOrderCommand Decision = new() { SrvId = 14, OrderId = "", Outcome = "cancelled", Reason = "asked by phone", By = "ann" };

    [Theory]
    [InlineData("rejected", OrderExecState.Error)]
    [InlineData("cancelled", OrderExecState.Cancelled)]
    [InlineData("absent", OrderExecState.JustCreated)]
    public void The_decision_ends_the_doubt_and_is_kept_with_who_and_why(string outcome, OrderExecState expected)
    {
        var desk = Unknown();

        desk.Command(Decision with { OrderId = desk.LastOrder.OrderId, Outcome = outcome }).Code.Should().Be(0);

        desk.LastOrder.ExecState.Should().Be(expected);
        desk.LastOrder.Changes[^1].Note.Should().Be($"resolved as {outcome} by ann: asked by phone");
        desk.Effects.Should().Contain(e => e is SurveyEffect, "the broker is compared afterwards");
    }

    [Fact]
    public void Filled_moves_the_position_and_the_brokers_own_fill_confirms_it_without_doubling()
    {
        var desk = Unknown();
        var order = desk.LastOrder;

        desk.Command(Decision with { OrderId = order.OrderId, Outcome = "filled", Price = 101m }).Code.Should().Be(0);
        desk.State.Positions["EURUSD"].Should().Match<Position>(p => p.Qty == 10m && p.AvgPrice == 101m);
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Filled);

        desk.Fill(order, 10m, 101.5m, "TRUE-FILL");
        desk.State.Positions["EURUSD"].Qty.Should().Be(10m);
        desk.Changes.Fills.Single().Moved.Should().Be(0m);
    }

    [Fact]
    public void More_than_was_declared_counts_on_top()
    {
        var desk = Unknown();
        var order = desk.LastOrder;
        desk.Command(Decision with { OrderId = order.OrderId, Outcome = "filled", Qty = 4m, Price = 101m }).Code.Should().Be(0);
        desk.LastOrder.Should().Match<Order>(o => o.ExecState == OrderExecState.Cancelled && o.Filled == 4m);

        desk.Fill(order, 10m, 101m, "TRUE-FILL");

        desk.State.Positions["EURUSD"].Qty.Should().Be(10m);
        desk.LastOrder.Should().Match<Order>(o => o.ExecState == OrderExecState.Filled && o.Filled == 10m);
    }

    public static TheoryData<ResolveOrderCommand, string> Malformed() => new()
    {
        { Decision with { Outcome = "maybe" }, "outcome" },
        { Decision with { Reason = " " }, "reason" },
        { Decision with { By = "" }, "by" },
        { Decision with { Qty = 1m }, "qty" },
        { Decision with { Price = 1m }, "price" },
        { Decision with { Outcome = "filled" }, "price" },
        { Decision with { Outcome = "filled", Price = 0m }, "price" },
        { Decision with { Outcome = "filled", Price = 1m, Qty = 11m }, "qty" },
        { Decision with { Outcome = "filled", Price = 1m, Qty = 0m }, "qty" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_decision_that_cannot_be_understood_changes_nothing(ResolveOrderCommand command, string field)
    {
        var desk = Unknown();

        var reply = desk.Command(command with { OrderId = desk.LastOrder.OrderId });

        reply.Code.Should().Be(ReplyCode.Malformed);
        reply.Message.Should().StartWith($"{field}: ");
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown);
        desk.Changes.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Only_doubt_can_be_resolved()
    {
        var desk = Unknown();
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);

        desk.Command(Decision with { OrderId = desk.LastOrder.OrderId }).Code.Should().Be(ReplyCode.Conflict);
        desk.Command(Decision with { OrderId = "none" }).Code.Should().Be(ReplyCode.NotFound);
    }

    [Fact]
    public void An_accepted_order_the_broker_no_longer_knows_is_shown_and_can_be_resolved()
    {
        var desk = Unknown();
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        var survey = desk.Survey(lookUps: new Dictionary<string, LookUpAnswer> { [desk.LastOrder.DealReference] = Desk.Found(LookUpKind.Absent) });
        desk.Clock.Advance(TimeSpan.FromSeconds(1));

        desk.Take(new SurveyInput(survey));
        desk.Take(new SurveyInput(survey));

        desk.State.Drift.Should().Be(1, "one difference counts once");
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Accepted, "nothing is guessed");
        desk.Command(Decision with { OrderId = desk.LastOrder.OrderId }).Code.Should().Be(0);
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Cancelled);
    }

    private static Desk Unknown()
    {
        var desk = new Desk();
        desk.Command(new OpenPositionCommand { SrvId = 1, Epic = "EURUSD", OpType = OrderOpType.Buy, Qty = 10m });
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);
        return desk;
    }
}
