using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>The session with the broker: connected, lost, account figures, subscriptions, the passing of time.</summary>
public static class SessionDecisions
{
    private const int MostFailedSubscriptions = 5;

    public static void Connect(Turn turn, BrokerCapabilities capabilities)
    {
        turn.Titles.ForgetHeldBack();
        turn.Tools.Deferred.Clear();
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
    }

    public static void TakeAccount(Turn turn, BrokerAccount account)
    {
        var date = DateOnly.FromDateTime(turn.State.MarketTime.UtcDateTime);
        var isNewDay = turn.State.Equity?.Date != date;
        var isNewPeak = account.Equity > turn.State.Equity?.Peak;
        turn.State = turn.State with
        {
            Account = account,
            AccountAt = turn.Now,
            Equity = EquityDay.After(turn.State.Equity, date, account.Equity),
        };

        // The figures are stored with every commit; a new day is worth one of its own, and a peak that a limit stands on.
        turn.Changes.Account |= isNewDay || (isNewPeak && turn.State.Config.Risk is { Enabled: true, MaxDrawdownPercent: not null });
    }

    public static void TakeSubscription(Turn turn, SubscribedInput answer)
    {
        if (turn.Titles.Find(answer.Epic) is not { } title || title.TimeFrameSeconds != answer.TimeFrameSeconds
            || turn.State.Signals.GetValueOrDefault(title.SignalId) is not { } signal)
        {
            return;
        }

        if (answer.Result == MarketDataResult.Ok)
        {
            title.FailedSubscriptions = 0;
            return;
        }

        title.FailedSubscriptions++;
        if (answer.Result is MarketDataResult.InvalidEpic or MarketDataResult.InvalidTimeFrame
            || title.FailedSubscriptions >= MostFailedSubscriptions)
        {
            SystemCalls.Fail(turn, signal, $"no market data for {answer.Epic} at {answer.TimeFrameSeconds} s: {answer.Result}");
        }
        else if (turn.State.BrokerConnected)
        {
            var delay = TimeSpan.FromSeconds(1 << title.FailedSubscriptions);
            turn.Effects.Add(new SubscribeEffect(title.Epic, title.TimeFrameSeconds, delay));
        }
    }

    public static void TakeMarketData(Turn turn, MarketDataEvent data)
    {
        turn.Log(data.Restored ? LogLevel.Information : LogLevel.Warning, $"Market data of {data.Epic}: {data.Message}");
        if (turn.Titles.Find(data.Epic) is { } title)
        {
            SystemCalls.Call(turn, title, system =>
            {
                if (data.Restored)
                {
                    system.OnMarketDataRestored();
                }
                else
                {
                    system.OnMarketDataError(data.Message);
                }
            });
        }
    }

    public static void Tick(Turn turn)
    {
        foreach (var orderId in turn.Watch.DueRetries())
        {
            OrderDecisions.Retry(turn, orderId);
        }

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
