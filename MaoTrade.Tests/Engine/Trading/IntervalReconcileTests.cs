using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>The account is compared with the broker while everything goes on.</summary>
public sealed class IntervalReconcileTests
{
    [Fact]
    public void Every_minute_the_broker_is_looked_at_and_the_engine_stays_ready()
    {
        var desk = new Desk();
        desk.Clock.Advance(TimeSpan.FromSeconds(59));
        desk.Take(new TickInput());
        desk.Effects.Should().NotContain(e => e is SurveyEffect);

        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        desk.Take(new TickInput());
        desk.Effects.Should().ContainSingle(e => e is SurveyEffect);
        desk.State.Stage.Should().Be(EngineStage.Ready);

        desk.Take(new TickInput());
        desk.Effects.Should().NotContain(e => e is SurveyEffect, "the next one is a minute away");
        desk.Take(new SurveyInput(desk.Survey()));
        desk.Effects.Should().NotContain(e => e is SubscribeEffect, "nothing begins anew");
        desk.State.Stage.Should().Be(EngineStage.Ready);
    }

    [Fact]
    public void A_difference_is_believed_at_the_third_look_counted_and_shown()
    {
        var desk = new Desk();
        var signal = desk.CreateSignal("MacdCrossover", "{}");
        var survey = desk.Survey(positions: [Desk.At("EURUSD", 5m)]);

        desk.Take(new SurveyInput(survey));
        desk.Take(new SurveyInput(survey));
        desk.State.Drift.Should().Be(0);
        desk.State.Stage.Should().Be(EngineStage.Ready, "other epics trade on");
        desk.Take(new SurveyInput(survey));

        desk.State.Drift.Should().Be(1);
        desk.State.Signals[signal].Should().Match<Signal>(s => s.Blocked && s.Error == "position in EURUSD: 0 here, 5 at the broker");
        desk.Changes.Fills.Single().Moved.Should().BeNull();
        desk.Changes.Fills.Single().SignedQty.Should().Be(5m, "the books keep by how much it differed");
    }

    [Fact]
    public void A_difference_that_moves_is_no_difference_yet()
    {
        var desk = new Desk();

        foreach (var qty in new[] { 5m, 6m, 5m, 6m })
        {
            desk.Take(new SurveyInput(desk.Survey(positions: [Desk.At("EURUSD", qty)])));
        }

        desk.State.Drift.Should().Be(0);
    }

    [Theory]
    [InlineData(OrderExecState.Submitted)]
    [InlineData(OrderExecState.Unknown)]
    public void A_difference_that_an_order_on_its_way_explains_is_none(OrderExecState state)
    {
        var desk = new Desk();
        desk.Command(new OpenPositionCommand { SrvId = 1, Epic = "EURUSD", OpType = OrderOpType.Buy, Qty = 5m });
        desk.Dispatch(desk.LastOrder);
        if (state == OrderExecState.Unknown)
        {
            desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);
        }

        for (var look = 0; look < 5; look++)
        {
            desk.Take(new SurveyInput(desk.Survey(positions: [Desk.At("EURUSD", 5m)])));
        }

        desk.State.Drift.Should().Be(0);
        desk.LastOrder.ExecState.Should().Be(state);
    }

    [Fact]
    public void A_broker_that_does_not_answer_leaves_the_engine_ready_until_the_next_look()
    {
        var desk = new Desk();

        desk.Take(new SurveyInput(null));

        desk.State.Stage.Should().Be(EngineStage.Ready);
        desk.Effects.Should().NotContain(e => e is SurveyEffect);
    }

    [Fact]
    public void Looks_span_the_look_up_lag()
    {
        var desk = new Desk(TimeSpan.FromSeconds(20));

        desk.Take(new SurveyInput(desk.Survey(positions: [Desk.At("EURUSD", 5m)])));

        desk.Effects.OfType<SurveyEffect>().Single().Delay.Should().Be(TimeSpan.FromSeconds(10), "what history still hides has time to appear");
    }
}
