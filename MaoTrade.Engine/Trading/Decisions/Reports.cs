using System.Globalization;
using System.Text.Json;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>What the account's people are told, in their words.</summary>
public static class Reports
{
    public static void OrderFailed(Turn turn, Order order, string message) => turn.Report(
        EventTypes.OrderError, Severity.Error, order.SignalId, $"Order on {order.Epic} failed",
        $"{order.OpType} {order.Qty.ToString(CultureInfo.InvariantCulture)} {order.Epic}, order {order.OrderId}: {message}");

    public static void SystemFailed(Turn turn, Signal signal, string error) => turn.Report(
        EventTypes.SystemError, Severity.Error, signal.SignalId, $"{signal.System} on {signal.Epic} is in error",
        $"It sends no orders until its signal is edited: {error}");

    public static void Differs(Turn turn, string epic, string difference) => turn.Report(
        EventTypes.SystemError, Severity.Critical, turn.State.LiveSignalOf(epic)?.SignalId, $"{epic} differs from the broker",
        $"The broker's position is taken over and the signal is blocked: {difference}");

    /// <summary>Looks whether the broker has been away for long enough to tell.</summary>
    public static void WatchBroker(Turn turn)
    {
        if (!turn.State.BrokerConnected && turn.Tools.Absence.Tell())
        {
            BrokerLost(turn, $"away for {BrokerAbsence.Notable.TotalSeconds} s");
        }
    }

    public static void BrokerLost(Turn turn, string reason) => turn.Report(
        EventTypes.BrokerLost, Severity.Critical, null, "The broker is not connected", $"No orders leave until it is back: {reason}");

    /// <summary>The broker is back and everything compared with it.</summary>
    public static void BrokerBack(Turn turn)
    {
        if (turn.Tools.Absence.End())
        {
            turn.Report(
                EventTypes.BrokerBack, Severity.Info, null, "The broker is connected again",
                $"{turn.State.Positions.Count} positions, {turn.State.OpenOrders.Count} orders not ended, {turn.State.UnknownOrders} unknown");
        }
    }

    public static void Restarted(Turn turn) => turn.Report(
        EventTypes.Restarted, Severity.Warning, null, "The engine was restarted", "Its last life did not end in order; trading goes on from what was stored");

    public static void StoreBack(Turn turn, TimeSpan away) => turn.Report(
        EventTypes.Restarted, Severity.Warning, null, "The database is back",
        string.Create(CultureInfo.InvariantCulture, $"It did not answer for {away.TotalSeconds:0} s, in which no order left; trading goes on from what was stored"));

    public static void Said(Turn turn, string signalId, JournalLine line)
    {
        if (line.PushTitle is { } title && turn.Rules.SendsPushes)
        {
            turn.Report(EventTypes.Push, line.Severity, signalId, title, line.Message);
        }
    }

    /// <summary>The figures of a day that is over; none where the equity is not known.</summary>
    public static void DayEnded(Turn turn, DateOnly day)
    {
        if (turn.State is not { Equity: { Start: > 0 } equity, Account: { } account })
        {
            return;
        }

        var cleanTime = turn.State.Config.DailyCleanTime;
        var trades = turn.State.Orders.Values
            .Where(order => order.Pnl is not null && turn.Tools.Calendar.DayOf(MarketTimeOf(order), cleanTime) == day)
            .Select(order => new TradeOutcome(order.Pnl!.Value, Fees: null)).ToArray();

        // Within one day only what needs no other day is defined; positions and fees of orders are not looked up in the trade loop.
        var figures = Performance.Of([EquityDay.After(equity, equity.Date, account.Equity)], TimeSpan.Zero, trades, exposure: null);
        var summary = new DaySummary(day, equity.Start, account.Equity, account.Currency, figures);
        turn.Report(
            EventTypes.Summary, Severity.Info, null, $"Summary of {day:yyyy-MM-dd}",
            JsonSerializer.Serialize(summary, GatewayJson.Default.DaySummary));
    }

    private static DateTimeOffset MarketTimeOf(Order order) =>
        order.Frame > 0 ? DateTimeOffset.FromUnixTimeSeconds(order.Frame) : order.Modified;
}
