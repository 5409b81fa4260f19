using System.Collections.Immutable;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;

namespace MaoTrade.Tests.Engine.Orders;

public sealed class RiskGateTests
{
    private static readonly TradeIntent Buy10 = new("EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, 10m);

    private static readonly RiskView Quiet = new(0, 0, 0, 1.1m, 1_000m, 1_000m, 1_000m, new TimeOnly(12, 0));

    public static TheoryData<RiskLimits, RiskView, string> Refusals() => new()
    {
        { new RiskLimits { Enabled = true, MaxQty = 9m }, Quiet, "maxQty: quantity 10 is above 9" },
        {
            new RiskLimits { Enabled = true, MaxQtyPerEpic = ImmutableDictionary<string, decimal>.Empty.Add("EURUSD", 15m) },
            Quiet with { PositionQty = 6m }, "maxQtyPerEpic: the position in EURUSD would be 16, above 15"
        },
        { new RiskLimits { Enabled = true, MaxOpenPositions = 3 }, Quiet with { OpenPositions = 3 }, "maxOpenPositions: 3 positions are open, the limit is 3" },
        { new RiskLimits { Enabled = true, MaxOrdersPerMinute = 5 }, Quiet with { OrdersLastMinute = 5 }, "maxOrdersPerMinute: 5 orders in the last minute, the limit is 5" },
        { new RiskLimits { Enabled = true, MaxDailyLoss = 100m }, Quiet with { Equity = 900m }, "maxDailyLoss: the day's loss is 100, the limit is 100" },
        { new RiskLimits { Enabled = true, MaxDailyLoss = 100m }, Quiet with { Equity = null }, "maxDailyLoss: the equity is not known" },
        { new RiskLimits { Enabled = true, MaxDrawdownPercent = 5m }, Quiet with { Equity = 950m }, "maxDrawdownPercent: 5 % below the day's peak, the limit is 5 %" },
        { new RiskLimits { Enabled = true, MaxTickDeviationPercent = 1m }, Quiet with { LastPrice = null }, "maxTickDeviationPercent: no price of EURUSD is known" },
        { new RiskLimits { Enabled = true, MaxDailyLoss = 100m }, Quiet with { DayStartEquity = -1m }, "maxDailyLoss: the equity is not known" },
        { new RiskLimits { Enabled = true, MaxDrawdownPercent = 5m }, Quiet with { DayPeakEquity = 0m }, "maxDrawdownPercent: the equity is not known" },
        { new RiskLimits { Enabled = true }, Quiet with { LastPrice = null }, "price: no price of EURUSD is known" },
        { new RiskLimits { Enabled = true }, Quiet with { LastPrice = -3m }, "price: no price of EURUSD is known" },
        { new RiskLimits { Enabled = true }, Quiet with { IsPriceStale = true }, "price: the last price 1.1 of EURUSD is stale" },
        { new RiskLimits { Enabled = true, TradingTo = "11:00" }, Quiet with { LocalTime = null }, "tradingFrom–tradingTo: the market time is not known" },
        {
            new RiskLimits { Enabled = true, MaxQtyPerEpic = ImmutableDictionary<string, decimal>.Empty.Add("EURUSD", 15m) },
            Quiet with { PositionQty = decimal.MaxValue }, "absurd figures: quantity 10, price none of EURUSD cannot be reckoned with"
        },
        {
            new RiskLimits { Enabled = true, MaxDailyLoss = 100m }, Quiet with { DayStartEquity = decimal.MaxValue, Equity = decimal.MinValue },
            "absurd figures: quantity 10, price none of EURUSD cannot be reckoned with"
        },
        { new RiskLimits { Enabled = true, TradingFrom = "08:00", TradingTo = "11:00" }, Quiet, "tradingFrom–tradingTo: 12:00 is outside 08:00–11:00" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_names_the_limit_and_its_figures(RiskLimits limits, RiskView view, string expected) =>
        RiskGate.Refuse(Buy10, limits, () => view).Should().Be(expected);

    [Fact]
    public void An_order_within_all_limits_goes()
    {
        var limits = new RiskLimits
        {
            Enabled = true,
            MaxQty = 10m,
            MaxOpenPositions = 1,
            MaxOrdersPerMinute = 1,
            MaxDailyLoss = 1m,
            MaxDrawdownPercent = 1m,
            MaxTickDeviationPercent = 1m,
            TradingFrom = "12:00",
            TradingTo = "12:01",
        };

        RiskGate.Refuse(Buy10, limits, () => Quiet).Should().BeNull();
    }

    [Fact]
    public void Closing_a_position_is_never_held_up()
    {
        var limits = new RiskLimits { Enabled = true, MaxQty = 1m, MaxDailyLoss = 0m, TradingFrom = "01:00", TradingTo = "02:00" };

        RiskGate.Refuse(Buy10 with { Action = OrderAction.ClosePosition }, limits, () => Quiet with { Equity = null }).Should().BeNull();
    }

    [Fact]
    public void A_refusal_takes_far_less_than_10_milliseconds()
    {
        var limits = new RiskLimits { Enabled = true, MaxQty = 9m, MaxDailyLoss = 1m };
        RiskGate.Refuse(Buy10, limits, () => Quiet);
        var began = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 1_000; i++)
        {
            RiskGate.Refuse(Buy10, limits, () => Quiet);
        }

        TimeProvider.System.GetElapsedTime(began).TotalMilliseconds.Should().BeLessThan(1_000, "a thousand refusals, 1 ms each on a slow machine");
    }

    [Fact]
    public void Limits_that_are_switched_off_do_not_count() =>
        RiskGate.Refuse(Buy10, new RiskLimits { MaxQty = 1m }, () => Quiet).Should().BeNull();
}
