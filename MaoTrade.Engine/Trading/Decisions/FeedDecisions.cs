using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>How the market data of a signal begins: the broker's length of frames, history, subscription, retries.</summary>
public static class FeedDecisions
{
    /// <summary>Requests for market data that may fail in a row.</summary>
    public const int MostFailures = 5;

    /// <summary>Begins, or begins again after a reconnect; without a broker the reconciliation will.</summary>
    public static void Open(Turn turn, Title title)
    {
        var state = turn.State;
        if (state.Stage != EngineStage.Ready || !state.BrokerConnected || state.Signals.GetValueOrDefault(title.SignalId) is not { } signal)
        {
            return;
        }

        IReadOnlyList<int> offered = state.Capabilities?.TimeFrames ?? [];
        if (Feed.BaseFor(offered, title.TimeFrameSeconds) is not { } baseSeconds)
        {
            Fail(turn, signal, $"timeFrame: {title.TimeFrameSeconds} s is no multiple of what the broker sends ({string.Join(", ", offered)} s)");
            return;
        }

        title.Feed.Use(baseSeconds);
        title.Feed.Failures = 0;
        title.Feed.AfterBreak = true;
        if (HistoryDecisions.IsWanted(title))
        {
            HistoryDecisions.Ask(turn, title, TimeSpan.Zero);
        }
        else
        {
            Subscribe(turn, title, TimeSpan.Zero);
            HistoryDecisions.Release(turn, title);
        }
    }

    /// <summary>Ends the market data of a signal; what waited is acknowledged untaken.</summary>
    public static void Close(Turn turn, Title title)
    {
        turn.Titles.Remove(title.Epic);
        turn.Tools.Feeds.Forget(title.Epic);
        turn.State = turn.State with { StaleEpics = turn.State.StaleEpics.Remove(title.Epic) };
        turn.Effects.Add(new UnsubscribeEffect(title.Epic));
        foreach (var eventId in title.Feed.Waiting.Select(frame => frame.EventId).OfType<long>())
        {
            turn.Titles.HoldBack(title.Epic, eventId);
        }
    }

    /// <summary>The session with the broker is a new one: what was under way is asked for, or delivered, again.</summary>
    public static void Interrupt(Title title)
    {
        title.Feed.IsWaiting = false;
        title.Feed.Waiting.Clear();
    }

    public static void Subscribe(Turn turn, Title title, TimeSpan delay) =>
        turn.Effects.Add(new SubscribeEffect(title.Epic, title.Feed.BaseSeconds, delay));

    public static void TakeSubscription(Turn turn, SubscribedInput answer)
    {
        if (turn.Titles.Find(answer.Epic) is not { } title || turn.State.Signals.GetValueOrDefault(title.SignalId) is not { } signal)
        {
            if (answer.Result == MarketDataResult.Ok)
            {
                turn.Effects.Add(new UnsubscribeEffect(answer.Epic));
            }
        }
        else if (title.Feed.BaseSeconds != answer.TimeFrameSeconds)
        {
            // An edit overtook the request: the broker must not stay with the old length.
            if (answer.Result == MarketDataResult.Ok && !title.Feed.IsWaiting)
            {
                Subscribe(turn, title, TimeSpan.Zero);
            }
        }
        else if (answer.Result == MarketDataResult.Ok)
        {
            title.Feed.Failures = 0;
            turn.Tools.Feeds.Begin(title.Epic, turn.MarketNow);
        }
        else if (Retry(turn, title, signal, answer.Result) is { } delay)
        {
            Subscribe(turn, title, delay);
        }
    }

    /// <summary>How long to wait before a failed request is made again; null when it is not.</summary>
    public static TimeSpan? Retry(Turn turn, Title title, Signal signal, MarketDataResult result)
    {
        if (!turn.State.BrokerConnected)
        {
            return null;
        }

        title.Feed.Failures++;
        if (result is MarketDataResult.InvalidEpic or MarketDataResult.InvalidTimeFrame || title.Feed.Failures >= MostFailures)
        {
            Fail(turn, signal, $"no market data for {title.Epic} at {title.Feed.BaseSeconds} s: {result}");
            return null;
        }

        return TimeSpan.FromSeconds(1 << title.Feed.Failures);
    }

    private static void Fail(Turn turn, Signal signal, string error)
    {
        if (signal.IsLive && signal.State != SignalState.Error)
        {
            SystemCalls.Fail(turn, signal, error);
        }
    }
}
