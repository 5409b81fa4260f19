using System.Text.Json.Nodes;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>What people are told of, as rows of the very input that caused it.</summary>
public sealed class ReportTests
{
    [Fact]
    public void An_order_that_fails_is_told_of_once()
    {
        var desk = new Desk(tellsGateway: true);
        desk.Command(new OpenPositionCommand { SrvId = 1, ClientOrderId = "c1", Epic = "EURUSD", OpType = OrderOpType.Buy, Qty = 2m });
        desk.Dispatch(desk.LastOrder);

        desk.Answer(desk.LastOrder, OrderAnswerKind.Rejected, "no margin");

        var told = desk.Changes.Events.Should().ContainSingle().Subject;
        (told.Type, told.Severity, told.Title).Should().Be((EventTypes.OrderError, Severity.Error, "Order on EURUSD failed"));
        told.Message.Should().Contain("no margin").And.Contain("Buy 2 EURUSD");
        desk.Answer(desk.LastOrder, OrderAnswerKind.Rejected, "no margin");
        desk.Changes.Events.Should().BeEmpty("it had ended");
    }

    [Fact]
    public void A_systems_order_that_fails_tells_of_the_order_and_of_the_system()
    {
        var desk = new Desk(tellsGateway: true);
        var signal = desk.CreateSignal("FUTM", """{"signal":"BUY","qty":1}""");
        desk.Bar(60, 1m);
        desk.Dispatch(desk.LastOrder);

        desk.Answer(desk.LastOrder, OrderAnswerKind.Rejected, "market closed");

        desk.State.Signals[signal].State.Should().Be(SignalState.Error);
        desk.Changes.Events.Select(told => (told.Type, told.SignalId)).Should().Equal((EventTypes.OrderError, signal), (EventTypes.SystemError, signal));
    }

    [Fact]
    public void An_absence_of_the_broker_is_told_of_when_it_lasts_and_its_return_only_then()
    {
        var desk = new Desk(tellsGateway: true);
        desk.Take(new BrokerInput(new BrokerDisconnected(false, "line dropped")));
        desk.Changes.Events.Should().BeEmpty();
        desk.Clock.Advance(BrokerAbsence.Notable - TimeSpan.FromSeconds(1));
        desk.Take(new TickInput());
        desk.Changes.Events.Should().BeEmpty();

        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        desk.Take(new TickInput());
        desk.Changes.Events.Should().ContainSingle().Which.Type.Should().Be(EventTypes.BrokerLost);
        desk.Take(new TickInput());
        desk.Changes.Events.Should().BeEmpty("it is told of once");
        desk.Connect();
        desk.Changes.Events.Should().ContainSingle().Which.Type.Should().Be(EventTypes.BrokerBack);
    }

    [Fact]
    public void A_hiccup_of_the_broker_is_told_to_nobody()
    {
        var desk = new Desk(tellsGateway: true);
        desk.Take(new BrokerInput(new BrokerDisconnected(false, "line dropped")));
        desk.Clock.Advance(TimeSpan.FromSeconds(5));

        desk.Connect();
        desk.Changes.Events.Should().BeEmpty();
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        desk.Take(new TickInput());
        desk.Changes.Events.Should().BeEmpty();
    }

    [Fact]
    public void A_broker_that_left_for_good_is_told_of_at_once()
    {
        var desk = new Desk(tellsGateway: true);

        desk.Take(new BrokerInput(new BrokerDisconnected(true, "log-in refused")));

        desk.Changes.Events.Should().ContainSingle().Which.Message.Should().Contain("log-in refused");
    }

    [Fact]
    public void A_day_that_ends_is_summarised()
    {
        var desk = new Desk(speed: 1, tellsGateway: true);
        desk.Bar(60, 1m);
        desk.Take(new TickInput());
        desk.Take(new BrokerInput(new AccountEvent(null, desk.Portfolio().Account with { Equity = 900m })));
        desk.Take(new BrokerInput(new AccountEvent(null, desk.Portfolio().Account with { Equity = 1_100m })));

        desk.Clock.Advance(TimeSpan.FromDays(1));
        desk.Take(new TickInput());

        var told = desk.Changes.Events.Should().ContainSingle(e => e.Type == EventTypes.Summary).Subject;
        var summary = JsonNode.Parse(told.Message)!;
        (summary["date"]!.ToString(), (decimal)summary["startEquity"]!, (decimal)summary["endEquity"]!, summary["currency"]!.ToString())
            .Should().Be(("1970-01-01", 1_000m, 1_100m, "EUR"));
        ((double)summary["figures"]!["totalReturn"]!).Should().BeApproximately(0.1, 1e-12);
        ((double)summary["figures"]!["maxDrawdown"]!).Should().BeApproximately(0.1, 1e-12);
    }

    [Fact]
    public void Without_a_gateway_nothing_is_kept_for_it()
    {
        var desk = new Desk();
        desk.Command(new OpenPositionCommand { SrvId = 1, ClientOrderId = "c1", Epic = "EURUSD", OpType = OrderOpType.Buy, Qty = 2m });
        desk.Dispatch(desk.LastOrder);

        desk.Answer(desk.LastOrder, OrderAnswerKind.Rejected, "no margin");

        desk.Changes.Events.Should().BeEmpty();
    }
}
