using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Feeds;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>Market data that is wrong, broken, stays away or is back: told once, to the log, the state and the system.</summary>
public static class FeedAlarms
{
    /// <summary>The broker says that data of an epic is broken, or whole again.</summary>
    public static void Take(Turn turn, MarketDataEvent data)
    {
        if (data.Restored)
        {
            Restore(turn, data.Epic, data.Message);
        }
        else
        {
            Lose(turn, data.Epic, data.Message);
        }
    }

    /// <summary>Counts a frame that is not taken. An absurd price may mean that the others are wrong too: nothing is opened on it.</summary>
    public static void Drop(Turn turn, FrameEvent frame, FrameFault fault)
    {
        if (turn.Tools.Counts.Count(frame.Epic, fault) is { } unsaid)
        {
            // Repetitions are the broker's duty after a reconnect.
            turn.Log(
                fault == FrameFault.Past ? LogLevel.Debug : LogLevel.Warning,
                $"Frame {frame.Frame.UnixSeconds} of {frame.Epic} dropped: {Reason(fault)}; {unsaid} more like it before");
        }

        if (fault == FrameFault.Absurd)
        {
            Lose(turn, frame.Epic, $"the price {frame.Frame.Close} cannot be");
        }
    }

    /// <summary>A sound frame came.</summary>
    public static void Hear(Turn turn, FrameEvent frame)
    {
        if (turn.State.Capabilities?.MarketSecondsPerSecond is not null)
        {
            turn.Tools.Feeds.Heard(frame.Epic, turn.MarketNow);
        }

        if (!frame.Late && !turn.State.StaleEpics.IsEmpty && turn.State.StaleEpics.Contains(frame.Epic))
        {
            Restore(turn, frame.Epic, "frames come again");
        }
    }

    /// <summary>Looks for frames that stay away; off in lockstep, where nothing comes before it is asked for.</summary>
    public static void Watch(Turn turn)
    {
        if (turn.State.Capabilities?.MarketSecondsPerSecond is not { } speed || !turn.MaySend)
        {
            return;
        }

        foreach (var title in turn.Titles.All.ToArray())
        {
            var isLive = turn.State.Signals.GetValueOrDefault(title.SignalId)?.IsLive ?? false;
            if (!isLive || !turn.Tools.Feeds.IsDue(title.Epic, title.Feed.BaseSeconds, speed, turn.Rules.HoursOf(title.Epic)))
            {
                continue;
            }

            Lose(turn, title.Epic, $"no frame for {FeedWatch.FramesMissing} times {title.Feed.BaseSeconds} s while the market is open");
            title.Feed.AfterBreak = true;
            FeedDecisions.Subscribe(turn, title, TimeSpan.Zero);
        }
    }

    private static void Lose(Turn turn, string epic, string message)
    {
        if (turn.State.StaleEpics.Contains(epic) || turn.Titles.Find(epic) is null)
        {
            return;
        }

        turn.State = turn.State with { StaleEpics = turn.State.StaleEpics.Add(epic) };
        turn.Log(LogLevel.Error, $"Market data of {epic}: {message}; nothing is opened on it until frames come");
        Tell(turn, epic, system => system.OnMarketDataError(message));
    }

    private static void Restore(Turn turn, string epic, string message)
    {
        if (!turn.State.StaleEpics.Contains(epic))
        {
            return;
        }

        turn.State = turn.State with { StaleEpics = turn.State.StaleEpics.Remove(epic) };
        turn.Log(LogLevel.Information, $"Market data of {epic} is restored: {message}");
        Tell(turn, epic, system => system.OnMarketDataRestored());
    }

    private static void Tell(Turn turn, string epic, Action<TradingSystem> tell)
    {
        if (turn.Titles.Find(epic) is { } title)
        {
            SystemCalls.Call(turn, title, tell);
        }
    }

    private static string Reason(FrameFault fault) => fault switch
    {
        FrameFault.NotPositive => "a price is not above 0",
        FrameFault.Inconsistent => "its prices contradict each other",
        FrameFault.Absurd => "a price or its volume cannot be",
        FrameFault.WrongTimeFrame => "it is of another length than was asked for",
        FrameFault.Future => "it begins after the broker's own time",
        FrameFault.Past => "it was taken already or is older",
        _ => "its market is closed",
    };
}
