using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>srvId 12: stop loss and take profit move only when the broker proves that they stand there.</summary>
public sealed class LevelTests
{
    [Fact]
    public void Levels_change_when_the_broker_has_taken_them_and_not_before()
    {
        var desk = Long();

        Modify(desk, """{"srvId":12,"epic":"EURUSD","stopPrice":95,"limitPrice":120}""").Code.Should().Be(0);
        desk.State.Positions["EURUSD"].StopPrice.Should().Be(90m);
        desk.Dispatch(desk.LastOrder).Ticket.Should().Match<OrderTicket>(t => t.Action == OrderAction.ModifyPosition && t.StopPrice == 95m && t.LimitPrice == 120m);
        desk.State.Positions["EURUSD"].StopPrice.Should().Be(90m);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);

        desk.State.Positions["EURUSD"].Should().Match<Position>(p => p.StopPrice == 95m && p.LimitPrice == 120m && p.Qty == 10m);
        desk.LastOrder.Should().Match<Order>(o => o.ExecState == OrderExecState.Filled && o.AuthorType == OrderAuthorType.User);
    }

    [Fact]
    public void What_is_left_out_stays_and_null_takes_away()
    {
        var desk = Long();

        Modify(desk, """{"srvId":12,"epic":"EURUSD","limitPrice":120}""").Code.Should().Be(0);
        desk.LastOrder.Should().Match<Order>(o => o.StopPrice == 90m && o.LimitPrice == 120m);
        Take(desk);
        Modify(desk, """{"srvId":12,"epic":"EURUSD","stopPrice":null}""").Code.Should().Be(0);
        Take(desk);

        desk.State.Positions["EURUSD"].Should().Match<Position>(p => p.StopPrice == null && p.LimitPrice == 120m);
    }

    [Theory]
    [InlineData("""{"srvId":12,"epic":"EURUSD","stopPrice":101}""", 400, "stopPrice: ")]
    [InlineData("""{"srvId":12,"epic":"EURUSD","limitPrice":99}""", 400, "limitPrice: ")]
    [InlineData("""{"srvId":12,"epic":"EURUSD","stopPrice":0}""", 400, "stopPrice: ")]
    [InlineData("""{"srvId":12,"epic":"EURUSD","stopPrice":"95"}""", 400, "stopPrice: ")]
    [InlineData("""{"srvId":12,"epic":"EURUSD","stopPrice":1e40}""", 400, "stopPrice: ")]
    [InlineData("""{"srvId":12,"epic":"EURUSD"}""", 400, "stopPrice: ")]
    [InlineData("""{"srvId":12,"stopPrice":95}""", 400, "epic: ")]
    [InlineData("""{"srvId":12,"epic":"GBPUSD","stopPrice":95}""", 404, "epic: ")]
    [InlineData("""{"srvId":12,"orderId":"none","stopPrice":95}""", 404, "orderId: ")]
    [InlineData("""{"srvId":12,"epic":"EURUSD","clientOrderId":"a b","stopPrice":95}""", 400, "clientOrderId: ")]
    public void A_change_that_makes_no_sense_names_its_field_and_makes_nothing(string command, int code, string message)
    {
        var desk = Long();

        var reply = Modify(desk, command);

        reply.Code.Should().Be(code);
        reply.Message.Should().StartWith(message);
        desk.Changes.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void A_lost_answer_is_proven_by_the_portfolio_that_shows_the_levels()
    {
        var desk = Lost();

        desk.Take(new ProofInput(desk.LastOrder.OrderId, new OrderProof(
            Desk.Found(LookUpKind.NoAnswer), new FillPage([], "c", false), desk.Portfolio([Desk.At("EURUSD", 10m) with { StopPrice = 95m }]))));

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Filled);
        desk.State.Positions["EURUSD"].StopPrice.Should().Be(95m);
    }

    [Fact]
    public void A_lost_answer_with_the_levels_from_before_is_proven_absent_and_goes_again()
    {
        var desk = Lost();

        desk.Take(new ProofInput(desk.LastOrder.OrderId, new OrderProof(
            Desk.Found(LookUpKind.Absent), new FillPage([], "c", false), desk.Portfolio([Desk.At("EURUSD", 10m) with { StopPrice = 90m }]))));

        desk.Dispatch(desk.LastOrder).Attempt.Should().Be(2);
    }

    [Fact]
    public void A_lost_answer_with_other_levels_at_the_broker_stays_unknown()
    {
        var desk = Lost();

        desk.Take(new ProofInput(desk.LastOrder.OrderId, new OrderProof(
            Desk.Found(LookUpKind.Absent), new FillPage([], "c", false), desk.Portfolio([Desk.At("EURUSD", 10m) with { StopPrice = 93m }]))));

        desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown);
        desk.State.Positions["EURUSD"].StopPrice.Should().Be(90m);
    }

    [Fact]
    public void Only_one_change_of_an_epic_is_on_its_way()
    {
        var desk = Lost();

        Modify(desk, """{"srvId":12,"epic":"EURUSD","stopPrice":96}""").Code.Should().Be(ReplyCode.Conflict);
    }

    [Fact]
    public void The_same_client_order_id_is_the_same_change()
    {
        var desk = Long();
        Modify(desk, """{"srvId":12,"epic":"EURUSD","clientOrderId":"m1","stopPrice":95}""").Code.Should().Be(0);
        Take(desk);

        var again = Modify(desk, """{"srvId":12,"epic":"EURUSD","clientOrderId":"m1","stopPrice":95}""");
        JsonDocument.Parse(again.Data).RootElement.GetProperty("duplicate").GetBoolean().Should().BeTrue();
        Modify(desk, """{"srvId":12,"epic":"EURUSD","clientOrderId":"m1","stopPrice":94}""").Code.Should().Be(ReplyCode.Conflict);
    }

    [Fact]
    public void A_working_orders_levels_cannot_be_changed_and_the_answer_says_what_can()
    {
        var desk = Long();
        desk.Command(new OpenPositionCommand { SrvId = 1, Epic = "EURUSD", OpType = OrderOpType.Buy, OrderType = OrderType.Limit, Qty = 1m, Price = 90m });

        var reply = Modify(desk, $$"""{"srvId":12,"orderId":"{{desk.LastOrder.OrderId}}","stopPrice":80}""");

        reply.Code.Should().Be(ReplyCode.Conflict);
        reply.Message.Should().Contain("cancel it");
    }

    [Fact]
    public void Levels_somebody_moved_at_the_broker_are_taken_over()
    {
        var desk = Long();
        desk.Take(new ConnectedInput(desk.State.Capabilities!));

        desk.Take(new SurveyInput(desk.Survey(positions: [Desk.At("EURUSD", 10m) with { StopPrice = 93m }])));

        desk.State.Positions["EURUSD"].StopPrice.Should().Be(93m);
        desk.State.Drift.Should().Be(0);
    }

    private static ServiceReply Modify(Desk desk, string json) =>
        desk.Command(JsonSerializer.Deserialize(json, CommandJson.Default.ModifyPositionCommand)!);

    private static void Take(Desk desk)
    {
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
    }

    private static Desk Lost()
    {
        var desk = Long();
        Modify(desk, """{"srvId":12,"epic":"EURUSD","stopPrice":95}""").Code.Should().Be(0);
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);
        desk.LastOrder.ExecState.Should().Be(OrderExecState.Unknown);
        return desk;
    }

    /// <summary>Long 10 EURUSD at 100 with a stop at 90.</summary>
    private static Desk Long()
    {
        var desk = new Desk();
        desk.Command(new OpenPositionCommand { SrvId = 1, Epic = "EURUSD", OpType = OrderOpType.Buy, Qty = 10m, StopPrice = 90m });
        Take(desk);
        desk.Fill(desk.LastOrder, 10m, 100m);
        return desk;
    }
}
