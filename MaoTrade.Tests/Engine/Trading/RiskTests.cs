using System.Collections.Immutable;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>The figures the risk gate is given, and what they refuse.</summary>
public sealed class RiskTests
{
    private static readonly OpenPositionCommand Buy = new() { SrvId = 1, Epic = "EURUSD", OpType = OrderOpType.Buy, Qty = 10m };

    [Fact]
    public void Orders_per_minute_are_counted_on_the_monotonic_clock()
    {
        var desk = With(new RiskLimits { Enabled = true, MaxOrdersPerMinute = 2 });
        desk.Command(Buy).Code.Should().Be(0);
        desk.Command(Buy).Code.Should().Be(0);
        foreach (var jump in new[] { 262, -524, 262 })
        {
            desk.Clock.JumpWallClock(TimeSpan.FromSeconds(jump));
            desk.Command(Buy).Message.Should().Be("maxOrdersPerMinute: 2 orders in the last minute, the limit is 2", $"the wall clock jumped {jump} s");
        }

        desk.Clock.Advance(TimeSpan.FromSeconds(60));
        desk.Command(Buy).Code.Should().Be(0);
    }

    [Fact]
    public void An_unknown_order_counts_as_filled()
    {
        var desk = With(new RiskLimits { Enabled = true, MaxQtyPerEpic = ImmutableDictionary<string, decimal>.Empty.Add("EURUSD", 15m) });
        desk.Command(Buy).Code.Should().Be(0);
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Unknown);

        desk.Command(Buy).Message.Should().Be("maxQtyPerEpic: the position in EURUSD would be 20, above 15");
    }

    [Fact]
    public void A_working_order_of_the_other_side_frees_no_room()
    {
        var desk = With(new RiskLimits { Enabled = true, MaxQtyPerEpic = ImmutableDictionary<string, decimal>.Empty.Add("EURUSD", 15m) });
        desk.Command(Buy).Code.Should().Be(0);
        desk.Command(Buy with { OpType = OrderOpType.Sell, OrderType = OrderType.Limit, Price = 200m }).Code.Should().Be(0);

        desk.Command(Buy).Code.Should().Be(ReplyCode.RiskRefused, "the sale may never happen");
    }

    [Fact]
    public void Without_a_price_nothing_opens_and_closing_goes()
    {
        var desk = new Desk();
        desk.Command(Buy).Code.Should().Be(0);
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Fill(desk.LastOrder, 10m, 100m);
        desk.Command(new UpdateAccountCommand { SrvId = 5, Version = 1, Risk = new RiskLimits { Enabled = true, MaxQty = 1m, MaxDailyLoss = 0m } });

        desk.Command(Buy with { Epic = "DE40", Qty = 1m }).Code.Should().Be(ReplyCode.RiskRefused);
        desk.Command(new ClosePositionCommand { SrvId = 2, Epic = "EURUSD" }).Code.Should().Be(0);
    }

    [Fact]
    public void The_days_loss_counts_from_the_first_equity_of_the_day()
    {
        var desk = With(new RiskLimits { Enabled = true, MaxDailyLoss = 100m });
        Equity(desk, 901m);
        desk.Command(Buy).Code.Should().Be(0);

        Equity(desk, 900m);

        desk.Command(Buy).Message.Should().Be("maxDailyLoss: the day's loss is 100, the limit is 100");
    }

    [Fact]
    public void A_new_peak_that_a_limit_stands_on_is_stored_at_once()
    {
        var desk = With(new RiskLimits { Enabled = true, MaxDrawdownPercent = 10m });

        Equity(desk, 1_200m);

        desk.Changes.Account.Should().BeTrue("a restart must not forget it");
        Equity(desk, 1_080m);
        desk.Command(Buy).Message.Should().Be("maxDrawdownPercent: 10 % below the day's peak, the limit is 10 %");
    }

    [Fact]
    public void A_person_may_close_while_trading_is_switched_off()
    {
        var desk = new Desk();
        desk.Command(Buy).Code.Should().Be(0);
        desk.Dispatch(desk.LastOrder);
        desk.Answer(desk.LastOrder, OrderAnswerKind.Accepted);
        desk.Fill(desk.LastOrder, 10m, 100m);
        desk.Command(new UpdateAccountCommand { SrvId = 5, Version = 1, TradingEnabled = false }).Code.Should().Be(0);

        desk.Command(new ClosePositionCommand { SrvId = 2, Epic = "EURUSD" }).Code.Should().Be(0);
        desk.Command(Buy).Code.Should().Be(ReplyCode.RiskRefused);
    }

    private static void Equity(Desk desk, decimal equity) => desk.Take(new BrokerInput(new AccountEvent(
        null, new BrokerAccount("demo", "Demo", AccountStatus.Enabled, "EUR", equity, equity, 0m, 0m, true))));

    /// <summary>With a price of 100 for EURUSD and the limits in force.</summary>
    private static Desk With(RiskLimits limits)
    {
        var desk = new Desk();
        desk.CreateSignal("FUTM", """{"signal":"HOLD"}""");
        desk.Bar(60, 100m);
        desk.Command(new UpdateAccountCommand { SrvId = 5, Version = 1, Risk = limits }).Code.Should().Be(0);
        return desk;
    }
}
