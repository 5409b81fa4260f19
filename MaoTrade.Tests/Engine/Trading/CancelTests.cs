using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>srvId 13: an order is taken back wherever it stands, and a fill always wins.</summary>
public sealed class CancelTests
{
    [Fact]
    public void What_never_left_ends_at_once_and_does_not_leave()
    {
        var desk = Limit();

        Cancel(desk).Code.Should().Be(0);

        desk.LastOrder.Should().Match<Order>(o => o.ExecState == OrderExecState.Cancelled && o.DealStatus == DealStatus.ToTrash);
        desk.Take(new DispatchInput(desk.LastOrder.OrderId));
        desk.Effects.Should().NotContain(e => e is SendEffect);
    }

    [Fact]
    public void A_working_order_is_asked_back_and_stays_until_the_broker_answers()
    {
        var desk = Working();

        var reply = Cancel(desk);

        JsonDocument.Parse(reply.Data).RootElement.GetProperty("order").GetProperty("execState").GetInt32().Should().Be(2);
        desk.Effects.Should().ContainSingle(e => e is CancelEffect).Which.As<CancelEffect>().DealReference.Should().Be(desk.LastOrder.DealReference);
        desk.Changes.Orders.Values.Single().Order.CancelAttempt.Should().Be(1, "the attempt is stored before it leaves");

        Answer(desk, OrderAnswerKind.Accepted);
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Cancelled);
    }

    [Fact]
    public void Too_late_the_fill_is_found_by_looking_and_wins()
    {
        var desk = Working();
        Cancel(desk);

        Answer(desk, OrderAnswerKind.Rejected);
        desk.Effects.Should().ContainSingle(e => e is ProveEffect);
        desk.LastOrder.Changes[^1].Note.Should().StartWith("not cancelled");

        desk.Take(new ProofInput(desk.LastOrder.OrderId, new OrderProof(
            Desk.Found(LookUpKind.Filled), new FillPage([Desk.Filled(desk.LastOrder, 10m, 90m)], "c", false), desk.Portfolio())));
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Filled);
        desk.State.Positions["EURUSD"].Qty.Should().Be(10m);
    }

    [Theory]
    [InlineData(LookUpKind.Open, OrderExecState.Accepted, true)]
    [InlineData(LookUpKind.Cancelled, OrderExecState.Cancelled, false)]
    [InlineData(LookUpKind.Rejected, OrderExecState.Error, false)]
    [InlineData(LookUpKind.NoAnswer, OrderExecState.Accepted, false)]
    [InlineData(LookUpKind.Absent, OrderExecState.Accepted, false)]
    public void Without_an_answer_the_broker_is_asked_and_what_still_works_is_asked_back_again(LookUpKind found, OrderExecState expected, bool again)
    {
        var desk = Working();
        Cancel(desk);

        Answer(desk, OrderAnswerKind.Unknown);
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Accepted, "silence ends nothing");
        desk.Take(new ProofInput(desk.LastOrder.OrderId, new OrderProof(Desk.Found(found), new FillPage([], "c", false), desk.Portfolio())));

        desk.LastOrder.ExecState.Should().Be(expected);
        desk.Effects.Any(e => e is CancelEffect).Should().Be(again);
    }

    [Fact]
    public void An_order_on_its_way_is_asked_back_when_it_turns_out_to_work()
    {
        var desk = Limit();
        desk.Dispatch(desk.LastOrder);

        Cancel(desk).Code.Should().Be(0);
        desk.Effects.Should().NotContain(e => e is CancelEffect, "the broker may not have it yet");
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);

        desk.Effects.Should().ContainSingle(e => e is CancelEffect);
    }

    [Fact]
    public void An_order_wanted_back_that_never_reached_the_broker_is_not_sent_again()
    {
        var desk = Limit();
        desk.Dispatch(desk.LastOrder);
        Cancel(desk);

        desk.Answer(desk.LastOrder, OrderAnswerKind.NotSent);

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Cancelled);
    }

    [Fact]
    public void An_unknown_order_wanted_back_and_proven_absent_is_not_sent_again()
    {
        var desk = Limit();
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);
        Cancel(desk);

        desk.Take(new ProofInput(desk.LastOrder.OrderId, new OrderProof(Desk.Found(LookUpKind.Absent), new FillPage([], "c", false), desk.Portfolio())));
        desk.Take(new DispatchInput(desk.LastOrder.OrderId));

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Cancelled);
        desk.Effects.Should().NotContain(e => e is SendEffect);
    }

    [Fact]
    public void A_wish_that_could_not_leave_goes_again_after_the_reconnect()
    {
        var desk = Working();
        desk.Take(new BrokerInput(new BrokerDisconnected(false, "gone")));
        Cancel(desk).Code.Should().Be(0);
        desk.Effects.Should().NotContain(e => e is CancelEffect);

        desk.Take(new ConnectedInput(desk.State.Capabilities!));
        desk.Take(new SurveyInput(desk.Survey(lookUps: new Dictionary<string, LookUpAnswer> { [desk.LastOrder.DealReference] = Desk.Found(LookUpKind.Open) })));

        desk.Effects.Should().ContainSingle(e => e is CancelEffect);
    }

    [Fact]
    public void A_fill_after_the_cancel_moves_the_position_and_is_told_loudly()
    {
        var desk = Working();
        Cancel(desk);
        Answer(desk, OrderAnswerKind.Accepted);

        desk.Fill(desk.LastOrder, 10m, 90m);

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Filled);
        desk.State.Positions["EURUSD"].Qty.Should().Be(10m);
        desk.Effects.Should().Contain(e => e is LogEffect && ((LogEffect)e).Level == Microsoft.Extensions.Logging.LogLevel.Critical);
    }

    [Fact]
    public void What_has_ended_or_never_was_says_so()
    {
        var desk = Limit();
        Cancel(desk);

        Cancel(desk).Code.Should().Be(ReplyCode.Conflict);
        desk.Command(new CancelOrderCommand { SrvId = 13, OrderId = "none" }).Code.Should().Be(ReplyCode.NotFound);
    }

    [Fact]
    public void Each_step_keeps_the_time_it_took_whatever_the_wall_clock_does()
    {
        var desk = Limit();
        desk.Clock.Advance(TimeSpan.FromMilliseconds(40));
        desk.Clock.JumpWallClock(TimeSpan.FromSeconds(-262));
        desk.Dispatch(desk.LastOrder);
        desk.Clock.Advance(TimeSpan.FromMilliseconds(7));
        desk.Clock.JumpWallClock(TimeSpan.FromSeconds(524));
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);

        desk.LastOrder.Changes.Select(c => c.LatencyMs).Should().Equal(0, 40, 7);
    }

    private static MaoTrade.Engine.Server.ServiceReply Cancel(Desk desk) =>
        desk.Command(new CancelOrderCommand { SrvId = 13, OrderId = desk.LastOrder.OrderId });

    private static void Answer(Desk desk, OrderAnswerKind kind) => desk.Take(new CancelAnswerInput(
        desk.LastOrder.OrderId, desk.LastOrder.CancelAttempt, new OrderAnswer(kind, null, 0, "as told")));

    private static Desk Limit()
    {
        var desk = new Desk();
        desk.Command(new OpenPositionCommand
        {
            SrvId = 1,
            Epic = "EURUSD",
            OpType = OrderOpType.Buy,
            OrderType = OrderType.Limit,
            Qty = 10m,
            Price = 90m,
        }).Code.Should().Be(0);
        return desk;
    }

    private static Desk Working()
    {
        var desk = Limit();
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        return desk;
    }
}
