using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>The session with the broker: connected, lost, account figures, the passing of time.</summary>
public static class SessionDecisions
{
    public static void Connect(Turn turn, BrokerCapabilities capabilities)
    {
        turn.Titles.ForgetHeldBack();
        turn.Tools.Deferred.Clear();
        turn.Tools.Feeds.ForgetAll();
        foreach (var title in turn.Titles.All)
        {
            FeedDecisions.Interrupt(title);
        }

        turn.Tools.Differences.Clear();
        turn.Watch.ForgetProofs();
        turn.State = turn.State with { BrokerConnected = true, Capabilities = capabilities, Stage = EngineStage.Reconciling };

        // What an earlier process left in flight has no one waiting for its answer any more.
        foreach (var order in turn.State.OpenOrders.Select(id => turn.State.Orders[id]).ToArray())
        {
            if (order.ExecState == OrderExecState.Submitted && turn.Tools.Orphans.Remove(order.OrderId))
            {
                turn.Put(turn.Step(order, OrderEvent.AnswerLost, "the engine stopped before the answer"));
            }
        }

        SurveyDecisions.Ask(turn, TimeSpan.Zero);
    }

    public static void Disconnect(Turn turn, BrokerDisconnected lost)
    {
        turn.State = turn.State with { BrokerConnected = false, Stage = EngineStage.Reconciling };
        turn.Log(
            lost.ForGood ? LogLevel.Critical : LogLevel.Warning,
            $"Broker disconnected{(lost.ForGood ? " for good" : "")}: {lost.Reason}; no orders leave");
        turn.Tools.Absence.Begin();
        if (lost.ForGood && turn.Tools.Absence.Tell(forGood: true))
        {
            Reports.BrokerLost(turn, lost.Reason);
        }
    }

    public static void TakeAccount(Turn turn, BrokerAccount account)
    {
        // The daily clean begins the day; without one, for want of market time, the figures do.
        var day = turn.State.Equity;
        var date = turn.State.MarketTime == default ? DateOnly.MinValue : turn.Tools.Calendar.DayOf(turn.State.MarketTime, turn.State.Config.DailyCleanTime);
        var isNewDay = day is null || day.Date < date;
        if (turn.State.Account?.TradingSessionOpen != account.TradingSessionOpen)
        {
            turn.Log(LogLevel.Information, $"The broker's trading session is {(account.TradingSessionOpen ? "open" : "closed")}");
        }

        var isNewPeak = account.Equity > day?.Peak;
        if (isNewDay)
        {
            turn.EndDay(day);
        }

        turn.State = turn.State with
        {
            Account = account,
            AccountAt = turn.Now,
            Equity = EquityDay.After(day, date, account.Equity),
        };

        // The figures are stored with every commit; a new day is worth one of its own, and a peak that a limit stands on.
        turn.Changes.Account |= isNewDay || (isNewPeak && turn.State.Config.Risk is { Enabled: true, MaxDrawdownPercent: not null });
    }

    public static void Tick(Turn turn)
    {
        foreach (var orderId in turn.Watch.DueRetries())
        {
            OrderDecisions.Retry(turn, orderId);
        }

        DailyClean.Look(turn);
        Reports.WatchBroker(turn);
        FeedAlarms.Watch(turn);
        KillSwitch.Enforce(turn);
        SurveyDecisions.AskIfDue(turn);

        if (turn.MaySend)
        {
            return;
        }

        foreach (var order in turn.State.OpenOrders.Select(id => turn.State.Orders[id]).ToArray())
        {
            if (order.ExecState == OrderExecState.JustCreated && turn.Watch.IsExpired(order))
            {
                OrderDecisions.End(turn, order, OrderEvent.Expired, 0, "submit time expired");
            }
        }
    }

    /// <summary>Whether a signal has an order on its way.</summary>
    public static bool HasOrderOnItsWay(TradingState state, Signal signal) =>
        state.OpenOrdersOf(signal.Epic).Any(o => o.SignalId == signal.SignalId);
}
