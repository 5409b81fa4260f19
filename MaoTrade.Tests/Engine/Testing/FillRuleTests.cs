using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Testing;
using MaoTrade.Engine.Testing.Data;
using MaoTrade.Engine.Testing.Rules;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Testing;

/// <summary>Orders, fees and equity worked out by hand on a few bars.</summary>
public sealed class FillRuleTests
{
    private static readonly BarSeries Bars = Plans.Bars(
        (100, 105, 99, 104), (106, 110, 101, 108), (107, 112, 104, 111), (90, 95, 80, 94), (96, 98, 95, 97));

    [Fact]
    public void An_order_is_filled_at_the_open_of_the_next_bar()
    {
        var result = Plans.Script("0:B,2:F", Bars).Run();

        result.Orders.Should().Equal(
            new BacktestOrder(1, Plans.Day, OrderOpType.Buy, OrderType.Market, 10, 106, 0, OrderReason.Signal),
            new BacktestOrder(2, 3 * Plans.Day, OrderOpType.Sell, OrderType.Market, 10, 90, 0, OrderReason.Signal));
        result.Trades.Should().Equal(new BacktestTrade(Plans.Day, 3 * Plans.Day, OrderOpType.Buy, 10, 106, 90, 0, -160));
        result.Equity.Select(point => point.Value).Should().Equal(10_000, 10_020, 10_050, 9_840, 9_840);
        result.Figures.Exposure.Should().Be(0.4);
    }

    [Fact]
    public void An_order_is_filled_at_the_close_of_its_bar_when_that_is_the_rule()
    {
        var result = Plans.Script("0:B,2:F", Bars, new BacktestRules { Fill = FillMoment.Close }).Run();

        result.Orders.Select(order => (order.Frame, order.Price)).Should().Equal((0, 104), (2 * Plans.Day, 111));
        result.EndEquity.Should().Be(10_070);
    }

    [Fact]
    public void A_stop_inside_the_bar_fills_at_its_level_and_a_gap_over_it_at_the_open()
    {
        Plans.Script("0:B@102", Bars).Run().Orders[1].Should().Be(
            new BacktestOrder(2, Plans.Day, OrderOpType.Sell, OrderType.Stop, 10, 102, 0, OrderReason.Stop), "the low of 101 reaches it in the bar of the fill");
        Plans.Script("0:B@97", Bars).Run().Orders[1].Should().Be(
            new BacktestOrder(2, 3 * Plans.Day, OrderOpType.Sell, OrderType.Stop, 10, 90, 0, OrderReason.Stop), "the open of 90 lies below it");
        Plans.Script("0:S@111.5", Bars).Run().Orders[1].Should().Be(
            new BacktestOrder(2, 2 * Plans.Day, OrderOpType.Buy, OrderType.Stop, 10, 111.5m, 0, OrderReason.Stop), "a short one is stopped above");
    }

    [Fact]
    public void A_reversal_closes_first_and_opens_the_other_side_a_bar_later()
    {
        var result = Plans.Script("0:B,1:S", Bars).Run();

        result.Orders.Select(order => (order.Frame / Plans.Day, order.OpType, order.Price)).Should().Equal(
            (1, OrderOpType.Buy, 106), (2, OrderOpType.Sell, 107), (3, OrderOpType.Sell, 90));
        result.EndEquity.Should().Be(10_000 + 10 - 70, "the short one stands at 97");
    }

    [Fact]
    public void Fees_are_taken_with_each_fill()
    {
        var perShare = Plans.Script("0:B,2:F", Bars, new BacktestRules { Fee = FeeModel.Parse("per-share:0.005,min:1")! }).Run();
        perShare.Fees.Should().Be(2, "10 · 0.005 is below the least fee of 1");
        perShare.Trades.Single().Pnl.Should().Be(-162);
        perShare.EndEquity.Should().Be(9_838);

        var percent = Plans.Script("0:B,2:F", Bars, new BacktestRules { Fee = FeeModel.Parse("percent:0.1")! }).Run();
        percent.Orders.Select(order => order.Fee).Should().Equal(1.06m, 0.9m);
        percent.Figures.TotalFees.Should().Be(1.96m);
        percent.Equity[1].Value.Should().Be(10_020 - 1.06m);
    }

    [Fact]
    public void Slippage_and_spread_make_fills_worse_on_both_sides()
    {
        var result = Plans.Script("0:B,2:F", Bars, new BacktestRules { Slippage = 0.5m, Spread = 1 }).Run();

        result.Orders.Select(order => order.Price).Should().Equal(106 + 0.5m + 0.5m, 90 - 0.5m - 0.5m);
        result.Equity[1].Value.Should().Be(10_000 + ((108 - 0.5m - 107) * 10), "an open position is worth what it would close at");
    }

    [Fact]
    public void Bid_and_ask_of_the_data_are_used_where_it_has_them()
    {
        var sides = new BarSeries("TEST", (int)Plans.Day, Bars.Frames, [.. Bars.Frames.Select(f => (Side(f, -2), Side(f, 2)))]);

        Plans.Script("0:B,2:F", sides, new BacktestRules { Spread = 100 }).Run().Orders.Select(o => o.Price).Should().Equal(108, 88);
    }

    [Fact]
    public void Sizing_by_equity_buys_whole_units_for_a_part_of_it()
    {
        var rules = new BacktestRules { Sizing = QuantitySizing.Parse("equity:0.5,buffer:0.01")! };

        var result = Plans.Script("0:B,2:F,3:B", Bars, rules).Run();

        result.Orders.Select(order => order.Qty).Should().Equal(
            [47, 47, 48], "⌊10,000 · 0.5 · 0.99 / 104⌋, and ⌊(10,000 − 16 · 47) · 0.5 · 0.99 / 94⌋");
    }

    [Fact]
    public void Sizing_by_quantity_replaces_that_of_the_system() =>
        Plans.Script("0:B,2:F", Bars, new BacktestRules { Sizing = QuantitySizing.Parse("qty:3")! }).Run()
            .Orders.Select(order => order.Qty).Should().Equal(3, 3);

    [Fact]
    public void What_is_open_at_the_end_stays_open_unless_it_is_to_be_closed()
    {
        var held = Plans.Script("2:B", Bars).Run();
        held.Orders.Should().ContainSingle();
        held.Trades.Should().BeEmpty();
        held.EndEquity.Should().Be(10_070);

        var closed = Plans.Script("2:B", Bars, new BacktestRules { AtEnd = EndRule.Close, Slippage = 1 }).Run();
        closed.Orders[1].Should().Be(new BacktestOrder(2, 4 * Plans.Day, OrderOpType.Sell, OrderType.Market, 10, 96, 0, OrderReason.End));
        closed.EndEquity.Should().Be(10_050);
    }

    private static Quote Side(Frame frame, decimal by) => new(frame.Open + by, frame.High + by, frame.Low + by, frame.Close + by);
}
