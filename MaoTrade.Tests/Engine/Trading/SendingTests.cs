using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>domain: Sending. What is stored before what leaves, and what silence means.</summary>
public sealed class SendingTests
{
    private const string Buy = """{"signal":"BUY","qty":10}""";

    [Fact]
    public void A_bar_stores_frame_state_and_intent_in_one_set_and_sends_nothing_yet()
    {
        var desk = new Desk();
        var signal = desk.CreateSignal("FUTM", Buy);

        desk.Bar(60, 100m);

        desk.Changes.Frames.Should().ContainSingle();
        desk.Changes.SystemStates.Should().ContainKey(signal);
        desk.Changes.Orders.Should().ContainSingle();
        desk.LastOrder.Should().Match<Order>(o =>
            o.ExecState == OrderExecState.JustCreated && o.DealStatus == DealStatus.NotSubmitted && o.Frame == 60 && o.StopPrice == 98m);
        desk.Effects.Should().ContainSingle(e => e is DispatchEffect).And.NotContain(e => e is SendEffect);
    }

    [Fact]
    public void The_attempt_is_in_the_rows_of_the_turn_that_sends()
    {
        var desk = Decided();

        var send = desk.Dispatch(desk.LastOrder);

        desk.Changes.Orders[send.OrderId].Order.Should().Match<Order>(o => o.DealStatus == DealStatus.Submitting && o.Attempt == 1);
        send.Ticket.DealReference.Should().Be(desk.LastOrder.DealReference);
    }

    [Fact]
    public void The_bar_is_acknowledged_only_when_its_order_has_an_answer()
    {
        var desk = new Desk();
        desk.CreateSignal("FUTM", Buy);
        var bar = desk.Bar(60, 100m);
        desk.Effects.Should().NotContain(e => e is AcknowledgeEffect);

        desk.Dispatch(desk.LastOrder);
        desk.Effects.Should().NotContain(e => e is AcknowledgeEffect);

        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Effects.Should().Contain(new AcknowledgeEffect(bar));
    }

    [Fact]
    public void A_repeated_bar_changes_nothing_and_is_acknowledged()
    {
        var desk = new Desk();
        desk.CreateSignal("FUTM", """{"signal":"HOLD"}""");
        var bar = desk.Bar(60, 100m);

        desk.Bar(bar, 60, 100m);

        desk.Changes.IsEmpty.Should().BeTrue();
        desk.Effects.Should().Contain(new AcknowledgeEffect(bar));
    }

    [Fact]
    public void A_time_out_makes_the_order_unknown_neither_rejected_nor_sent_again()
    {
        var desk = Sent();

        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown, "no answer in 5 s");

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown);
        desk.Effects.Should().ContainSingle(e => e is ProveEffect).And.NotContain(e => e is SendEffect || e is DispatchEffect);
        desk.Take(new TickInput());
        desk.Clock.Advance(TimeSpan.FromHours(1));
        desk.Take(new TickInput());
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown, "time proves nothing");
    }

    [Fact]
    public void While_unknown_its_system_does_not_act_again()
    {
        var desk = new Desk();
        desk.CreateSignal("MacdCrossover", """{"fast_period":1,"slow_period":2}""");
        Cross(desk, 0);
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);

        Cross(desk, 600);

        desk.State.Orders.Should().ContainSingle();
    }

    [Theory]
    [InlineData(LookUpKind.Open, OrderExecState.Accepted)]
    [InlineData(LookUpKind.Rejected, OrderExecState.Error)]
    [InlineData(LookUpKind.Cancelled, OrderExecState.Cancelled)]
    [InlineData(LookUpKind.NoAnswer, OrderExecState.Unknown)]
    [InlineData(LookUpKind.Filled, OrderExecState.Unknown)]
    public void A_look_up_is_proof_of_what_it_says_and_of_nothing_more(LookUpKind found, OrderExecState expected)
    {
        var desk = Unknown();

        desk.Take(new ProofInput(desk.LastOrder.OrderId, new OrderProof(Desk.Found(found), new FillPage([], "c", false), desk.Portfolio())));

        desk.LastOrder.ExecState.Should().Be(expected);
        desk.Effects.Any(e => e is ProveEffect).Should().Be(expected == OrderExecState.Unknown, "an open question is asked again");
    }

    [Fact]
    public void A_fill_among_the_witnesses_settles_it()
    {
        var desk = Unknown();
        var fills = new FillPage([Desk.Filled(desk.LastOrder, 10m, 101m)], "c", false);

        desk.Take(new ProofInput(desk.LastOrder.OrderId, new OrderProof(Desk.Found(LookUpKind.Filled), fills, null)));

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Filled);
        desk.State.Positions["EURUSD"].Qty.Should().Be(10m);
    }

    [Fact]
    public void Absent_on_all_three_witnesses_it_is_sent_again_under_the_same_reference()
    {
        var desk = Unknown();
        var reference = desk.LastOrder.DealReference;

        desk.Take(new ProofInput(desk.LastOrder.OrderId, Absent(desk)));

        desk.LastOrder.DealStatus.Should().Be(DealStatus.NotSubmitted);
        var send = desk.Dispatch(desk.LastOrder);
        send.Ticket.DealReference.Should().Be(reference);
        send.Attempt.Should().Be(2);
    }

    [Fact]
    public void Within_the_look_up_lag_absence_is_not_proof()
    {
        var desk = Unknown(TimeSpan.FromSeconds(20));

        desk.Take(new ProofInput(desk.LastOrder.OrderId, Absent(desk)));
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown);

        desk.Clock.Advance(TimeSpan.FromSeconds(20));
        desk.Take(new ProofInput(desk.LastOrder.OrderId, Absent(desk)));
        desk.LastOrder.DealStatus.Should().Be(DealStatus.NotSubmitted);
    }

    [Fact]
    public void A_position_that_moved_contradicts_absence()
    {
        var desk = Unknown();
        var proof = Absent(desk) with { Portfolio = desk.Portfolio([Desk.At("EURUSD", 10m)]) };

        desk.Take(new ProofInput(desk.LastOrder.OrderId, proof));

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown);
    }

    [Fact]
    public void Without_an_answer_about_fills_or_positions_absence_is_not_proof()
    {
        var desk = Unknown();

        desk.Take(new ProofInput(desk.LastOrder.OrderId, Absent(desk) with { Fills = null }));
        desk.Take(new ProofInput(desk.LastOrder.OrderId, Absent(desk) with { Portfolio = null }));

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown);
    }

    [Fact]
    public void Proven_absent_after_the_submit_deadline_it_is_rejected_and_its_system_stops()
    {
        var desk = Unknown();
        desk.Clock.Advance(TimeSpan.FromSeconds(121));

        desk.Take(new ProofInput(desk.LastOrder.OrderId, Absent(desk)));
        desk.Take(new DispatchInput(desk.LastOrder.OrderId));

        desk.LastOrder.Should().Match<Order>(o => o.DealStatus == DealStatus.Rejected && o.ErrorMessage == "submit time expired");
        desk.State.Signals.Values.Single().State.Should().Be(SignalState.Error);
    }

    [Fact]
    public void A_wall_clock_that_jumps_does_not_move_the_deadline()
    {
        foreach (var jump in new[] { 262, -262 })
        {
            var desk = Decided();
            desk.Take(new TickInput());
            desk.Clock.JumpWallClock(TimeSpan.FromSeconds(jump));

            desk.Dispatch(desk.LastOrder).Attempt.Should().Be(1, $"the wall clock jumped {jump} s");
        }
    }

    [Fact]
    public void What_never_left_waits_30_seconds_and_goes_again()
    {
        var desk = Sent();
        desk.Answer(desk.LastOrder, OrderAnswerKind.NotSent, "not connected");
        desk.LastOrder.DealStatus.Should().Be(DealStatus.Delayed);

        desk.Clock.Advance(TimeSpan.FromSeconds(29));
        desk.Take(new TickInput());
        desk.Effects.Should().NotContain(e => e is SendEffect);

        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        desk.Take(new TickInput());
        desk.Effects.Should().ContainSingle(e => e is SendEffect);
    }

    [Fact]
    public void An_answer_to_an_earlier_attempt_does_not_make_the_present_one_unknown()
    {
        var desk = Unknown();
        desk.Take(new ProofInput(desk.LastOrder.OrderId, Absent(desk)));
        desk.Dispatch(desk.LastOrder);

        desk.Take(new AnswerInput(desk.LastOrder.OrderId, 1, new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "late")));

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Submitted);
    }

    [Fact]
    public void A_refusal_puts_the_system_in_error_and_an_order_by_hand_does_not()
    {
        var desk = Sent();
        desk.Answer(desk.LastOrder, OrderAnswerKind.Rejected, "no margin");
        desk.LastOrder.Should().Match<Order>(o => o.ExecState == OrderExecState.Error && o.ErrorCode == 7 && o.ErrorMessage == "no margin");
        desk.State.Signals.Values.Single().Should().Match<Signal>(s => s.State == SignalState.Error && s.Error!.Contains("no margin"));
    }

    private static OrderProof Absent(Desk desk) => new(Desk.Found(LookUpKind.Absent), new FillPage([], "c", false), desk.Portfolio());

    private static void Cross(Desk desk, long start)
    {
        desk.Bar(start + 60, 10m);
        desk.Bar(start + 120, 9m);
        desk.Bar(start + 180, 11m);
    }

    private static Desk Decided(TimeSpan lag = default)
    {
        var desk = new Desk(lag);
        desk.CreateSignal("FUTM", Buy);
        desk.Bar(60, 100m);
        return desk;
    }

    private static Desk Sent(TimeSpan lag = default)
    {
        var desk = Decided(lag);
        desk.Dispatch(desk.LastOrder);
        return desk;
    }

    private static Desk Unknown(TimeSpan lag = default)
    {
        var desk = Sent(lag);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);
        return desk;
    }
}
