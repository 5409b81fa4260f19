using MaoTrade.Engine.Orders;

namespace MaoTrade.Tests.Engine.Orders;

public sealed class PositionsTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Fills_in_one_direction_average_their_price()
    {
        var position = Positions.After(null, Fill(OrderOpType.Buy, 2, 10m, "d1"), Order(stop: 9m));
        position = Positions.After(position, Fill(OrderOpType.Buy, 6, 14m, "d2"), Order(stop: null));

        position!.Qty.Should().Be(8);
        position.AvgPrice.Should().Be(13m);
        position.StopPrice.Should().Be(9m);
        position.DealIds.Should().Equal("d1", "d2");
    }

    [Fact]
    public void A_partial_close_keeps_the_average_price()
    {
        var position = Positions.After(null, Fill(OrderOpType.Sell, 5, 10m, "d1"), Order());
        position = Positions.After(position, Fill(OrderOpType.Buy, 2, 8m, "d1"), Order());

        position!.Qty.Should().Be(-3);
        position.AvgPrice.Should().Be(10m);
    }

    [Fact]
    public void A_fill_of_the_whole_quantity_leaves_nothing()
    {
        var position = Positions.After(null, Fill(OrderOpType.Sell, 5, 10m, "d1"), Order());

        Positions.After(position, Fill(OrderOpType.Buy, 5, 8m, "d1"), Order()).Should().BeNull();
    }

    [Fact]
    public void A_fill_beyond_zero_opens_the_rest_anew()
    {
        var position = Positions.After(null, Fill(OrderOpType.Buy, 5, 10m, "d1"), Order(stop: 9m));
        position = Positions.After(position, Fill(OrderOpType.Sell, 8, 12m, "d2"), Order(stop: 13m));

        position!.Qty.Should().Be(-3);
        position.AvgPrice.Should().Be(12m);
        position.StopPrice.Should().Be(13m);
        position.DealIds.Should().Equal("d2");
    }

    [Fact]
    public void Open_profit_follows_the_sign_of_the_position()
    {
        var position = Positions.After(null, Fill(OrderOpType.Sell, 4, 10m, "d1"), Order())! with { LastPrice = 9.5m };

        position.Pnl.Should().Be(2m);
    }

    private static Fill Fill(OrderOpType side, decimal qty, decimal price, string deal) => new(
        Guid.NewGuid().ToString(), "ref", deal, "EURUSD", OrderAction.OpenPosition, side, OrderType.Market, qty, price, null, 0, At);

    private static Order Order(decimal? stop = null) => new()
    {
        OrderId = "1",
        DealReference = "ref",
        Epic = "EURUSD",
        Action = OrderAction.OpenPosition,
        OpType = OrderOpType.Buy,
        OrderType = OrderType.Market,
        Qty = 1,
        StopPrice = stop,
        AuthorType = OrderAuthorType.User,
    };
}
