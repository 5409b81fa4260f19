using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Tests.Engine.Trading;

public sealed class OrderCommandTests
{
    private static readonly OpenPositionCommand Buy = new()
    {
        SrvId = 1,
        ClientOrderId = "c-1",
        Epic = "EURUSD",
        OpType = OrderOpType.Buy,
        Qty = 10m,
    };

    [Fact]
    public void An_order_is_answered_as_committed_and_not_with_its_fill()
    {
        var reply = new Desk().Command(Buy);

        var order = JsonDocument.Parse(reply.Data).RootElement.GetProperty("order");
        order.GetProperty("execState").GetInt32().Should().Be(0);
        order.GetProperty("authorType").GetInt32().Should().Be(2);
        order.GetProperty("clientOrderId").GetString().Should().Be("c-1");
    }

    [Fact]
    public void The_same_client_order_id_with_the_same_content_is_the_same_order()
    {
        var desk = new Desk();
        var first = Order(desk.Command(Buy));

        var again = desk.Command(Buy);

        JsonDocument.Parse(again.Data).RootElement.GetProperty("duplicate").GetBoolean().Should().BeTrue();
        Order(again).Should().Be(first);
        desk.State.Orders.Should().ContainSingle();
        desk.Changes.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void The_same_client_order_id_with_other_content_is_a_conflict()
    {
        var desk = new Desk();
        desk.Command(Buy);

        desk.Command(Buy with { Qty = 11m }).Code.Should().Be(ReplyCode.Conflict);
        desk.State.Orders.Should().ContainSingle();
    }

    [Fact]
    public void A_client_order_id_of_long_ago_still_answers_with_its_order()
    {
        var old = new Desk();
        old.Command(Buy);
        var desk = new Desk();

        desk.Take(new CommandInput(new CommandTicket(null, long.MaxValue), Buy) { Earlier = old.LastOrder });

        Order(desk.Effects.OfType<ReplyEffect>().Single().Reply).Should().Be(old.LastOrder.OrderId);
        desk.State.Orders.Should().BeEmpty();
    }

    public static TheoryData<OpenPositionCommand, string> Malformed() => new()
    {
        { Buy with { OpType = OrderOpType.NoOp }, "opType" },
        { Buy with { OpType = (OrderOpType)9 }, "opType" },
        { Buy with { OrderType = (OrderType)9 }, "orderType" },
        { Buy with { Qty = 0m }, "qty" },
        { Buy with { Qty = -1m }, "qty" },
        { Buy with { Price = 1m }, "price" },
        { Buy with { OrderType = OrderType.Limit }, "price" },
        { Buy with { StopPrice = 0m }, "stopPrice" },
        { Buy with { LimitPrice = -1m }, "limitPrice" },
        { Buy with { Epic = "" }, "epic" },
        { Buy with { ClientOrderId = "a b" }, "clientOrderId" },
        { Buy with { ClientOrderId = new string('a', 65) }, "clientOrderId" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_order_names_its_field_and_makes_nothing(OpenPositionCommand command, string field)
    {
        var desk = new Desk();

        var reply = desk.Command(command);

        reply.Code.Should().Be(ReplyCode.Malformed);
        reply.Message.Should().StartWith($"{field}: ");
        desk.State.Orders.Should().BeEmpty();
    }

    [Fact]
    public void Closing_takes_everything_unless_told_otherwise_and_never_more()
    {
        var desk = Long(10m);

        desk.Command(new ClosePositionCommand { SrvId = 2, Epic = "EURUSD", Qty = 4m }).Code.Should().Be(0);
        desk.LastOrder.Should().Match<Order>(o => o.Action == OrderAction.ClosePosition && o.OpType == OrderOpType.Sell && o.Qty == 4m);
        desk.Command(new ClosePositionCommand { SrvId = 2, Epic = "EURUSD", Qty = 7m }).Code.Should().Be(ReplyCode.Conflict, "4 are closing already");
        desk.Command(new ClosePositionCommand { SrvId = 2, Epic = "EURUSD" }).Code.Should().Be(0);
        desk.LastOrder.Qty.Should().Be(6m);
        desk.Command(new ClosePositionCommand { SrvId = 2, Epic = "EURUSD" }).Code.Should().Be(ReplyCode.Conflict, "everything is closing already");
        desk.Command(new ClosePositionCommand { SrvId = 2, Epic = "GBPUSD" }).Code.Should().Be(ReplyCode.NotFound);
    }

    [Fact]
    public void A_limit_refuses_with_its_figures()
    {
        var desk = new Desk();
        desk.Command(new UpdateAccountCommand { SrvId = 5, Version = 1, Risk = new RiskLimits { Enabled = true, MaxQty = 9m } }).Code.Should().Be(0);

        var reply = desk.Command(Buy);

        reply.Code.Should().Be(ReplyCode.RiskRefused);
        reply.Message.Should().Be("maxQty: quantity 10 is above 9");
    }

    [Fact]
    public void Switched_off_trading_refuses_orders_and_systems_keep_their_frames()
    {
        var desk = new Desk();
        desk.CreateSignal("FUTM", """{"signal":"BUY","qty":1}""");
        desk.Command(new UpdateAccountCommand { SrvId = 5, Version = 1, TradingEnabled = false }).Code.Should().Be(0);

        desk.Command(Buy).Code.Should().Be(ReplyCode.RiskRefused);
        desk.Bar(60, 100m);
        desk.State.Orders.Should().BeEmpty();
        desk.Changes.Frames.Should().ContainSingle();
    }

    [Fact]
    public void A_stale_configuration_is_a_conflict()
    {
        var desk = new Desk();
        desk.Command(new UpdateAccountCommand { SrvId = 5, Version = 1, DailyCleanTime = "22:00" }).Code.Should().Be(0);

        desk.Command(new UpdateAccountCommand { SrvId = 5, Version = 1, DailyCleanTime = "21:00" }).Code.Should().Be(ReplyCode.Conflict);
        desk.State.Config.Should().Match<AccountConfig>(c => c.DailyCleanTime == "22:00" && c.Version == 2);
    }

    private static Desk Long(decimal qty)
    {
        var desk = new Desk();
        desk.Command(Buy with { Qty = qty });
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Fill(desk.LastOrder, qty, 101m);
        return desk;
    }

    private static string Order(ServiceReply reply)
    {
        reply.Code.Should().Be(0, reply.Message);
        return JsonDocument.Parse(reply.Data).RootElement.GetProperty("order").GetProperty("orderId").GetString()!;
    }
}
