using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Tests.Engine.Trading;

public sealed class ReconciliationTests
{
    private static readonly BrokerCapabilities Capabilities = new(ReferenceDedupe.TagOnly, TimeSpan.Zero, 30, true, true);

    [Fact]
    public void No_order_leaves_between_a_loss_of_the_broker_and_the_reconciliation()
    {
        var desk = WithIntent();
        desk.Take(new BrokerInput(new BrokerDisconnected(false, "gone")));
        desk.Take(new DispatchInput(desk.LastOrder.OrderId));
        desk.Effects.Should().NotContain(e => e is SendEffect);

        desk.Take(new ConnectedInput(Capabilities));
        desk.Take(new DispatchInput(desk.LastOrder.OrderId));
        desk.Effects.Should().NotContain(e => e is SendEffect);

        desk.Take(new SurveyInput(desk.Survey()));
        desk.Effects.Should().ContainSingle(e => e is DispatchEffect);
        desk.Dispatch(desk.LastOrder).Attempt.Should().Be(1);
    }

    [Fact]
    public void Bars_that_come_before_the_reconciliation_wait_for_it()
    {
        var desk = new Desk();
        desk.CreateSignal("FUTM", """{"signal":"BUY","qty":10}""");
        desk.Take(new ConnectedInput(Capabilities));
        desk.Bar(60, 100m);
        desk.State.Orders.Should().BeEmpty();
        desk.Effects.Should().BeEmpty();

        desk.Take(new SurveyInput(desk.Survey()));

        desk.State.Orders.Should().ContainSingle();
    }

    [Fact]
    public void A_fill_that_happened_meanwhile_is_taken_from_history_before_positions_are_compared()
    {
        var desk = WithIntent();
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Take(new ConnectedInput(Capabilities));

        desk.Take(new SurveyInput(desk.Survey([Desk.Filled(desk.LastOrder, 10m, 101m)], [Desk.At("EURUSD", 10m)])));

        desk.State.Stage.Should().Be(EngineStage.Ready);
        desk.State.Drift.Should().Be(0);
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Filled);
    }

    [Fact]
    public void A_difference_that_stays_blocks_the_signal_and_shows_both_figures()
    {
        var desk = new Desk();
        var signal = desk.CreateSignal("MacdCrossover", "{}");
        desk.Take(new ConnectedInput(Capabilities));
        var survey = desk.Survey(positions: [Desk.At("EURUSD", 5m)]);

        desk.Take(new SurveyInput(survey));
        desk.Effects.Should().ContainSingle(e => e is SurveyEffect, "a difference is looked at again before it is believed");
        desk.Take(new SurveyInput(survey));
        desk.State.Stage.Should().Be(EngineStage.Reconciling);
        desk.Take(new SurveyInput(survey));

        desk.State.Stage.Should().Be(EngineStage.Ready, "other epics trade on");
        desk.State.Drift.Should().Be(1);
        desk.State.Positions["EURUSD"].Qty.Should().Be(5m);
        desk.State.Signals[signal].Should().Match<Signal>(s =>
            s.Blocked && s.State == SignalState.Blocked && s.Error == "position in EURUSD: 0 here, 5 at the broker");
    }

    [Fact]
    public void A_working_order_somebody_made_at_the_broker_is_adopted_once_and_flagged()
    {
        var desk = new Desk();
        BrokerOrder theirs = new("BY-HAND", "D5", "DE40", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Limit, 3m);

        for (var connect = 0; connect < 2; connect++)
        {
            desk.Take(new ConnectedInput(Capabilities));
            desk.Take(new SurveyInput(desk.Survey(openOrders: [theirs])));
        }

        desk.State.Orders.Values.Should().ContainSingle().Which.Should().Match<Order>(o =>
            o.DealReference == "BY-HAND" && o.AuthorType == OrderAuthorType.Undefined && o.ExecState == OrderExecState.Accepted && o.Qty == 3m);
        desk.Fill(desk.LastOrder, 3m, 18_000m);
        desk.State.Positions["DE40"].Qty.Should().Be(3m);
    }

    [Fact]
    public void An_adopted_order_that_works_does_not_hold_up_the_system_of_its_epic()
    {
        var desk = new Desk();
        desk.CreateSignal("FUTM", """{"signal":"BUY","qty":10}""");
        desk.Take(new ConnectedInput(Capabilities));
        desk.Take(new SurveyInput(desk.Survey(openOrders:
            [new("BY-HAND", "D5", "EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Limit, 3m)])));

        desk.Bar(60, 100m);

        desk.LastOrder.System.Should().Be("FUTM");
    }

    [Fact]
    public void A_broker_that_does_not_answer_is_asked_again()
    {
        var desk = new Desk();
        desk.Take(new ConnectedInput(Capabilities));

        desk.Take(new SurveyInput(null));

        desk.State.Stage.Should().Be(EngineStage.Reconciling);
        desk.Effects.Should().ContainSingle(e => e is SurveyEffect);
    }

    [Fact]
    public void An_epic_with_an_unknown_order_is_not_compared_until_the_order_is_known()
    {
        var desk = WithIntent();
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);
        desk.Take(new ConnectedInput(Capabilities));

        desk.Take(new SurveyInput(desk.Survey(
            positions: [Desk.At("EURUSD", 10m)],
            lookUps: new Dictionary<string, LookUpAnswer> { [desk.LastOrder.DealReference] = Desk.Found(LookUpKind.NoAnswer) })));

        desk.State.Stage.Should().Be(EngineStage.Ready);
        desk.State.Drift.Should().Be(0);
        desk.Effects.Should().ContainSingle(e => e is ProveEffect);
    }

    private static Desk WithIntent()
    {
        var desk = new Desk();
        desk.CreateSignal("FUTM", """{"signal":"BUY","qty":10}""");
        desk.Bar(60, 100m);
        return desk;
    }
}
