using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>Rows of the title table: how a signal begins, goes on after an edit, and comes back after a restart.</summary>
internal static class SignalTitles
{
    /// <summary>The state a signal is in by its own marks and the market time.</summary>
    public static Signal Standing(Signal signal, Turn turn) => signal with
    {
        State = signal.Blocked ? SignalState.Blocked
            : signal.StartTrade > turn.State.MarketTime.ToUnixTimeSeconds() ? SignalState.Waiting
            : SignalState.Running,
    };

    /// <summary>A new signal begins.</summary>
    public static void Begin(Turn turn, Signal signal)
    {
        if (Make(turn, signal, new SystemState(), [], null) is { } title)
        {
            SystemCalls.Call(turn, title, system =>
            {
                system.Initialize(turn.PortfolioOf(signal.Epic), isFirst: true);
                return SystemDecision.None;
            });
            FeedDecisions.Open(turn, title);
        }
    }

    /// <summary>An edited signal goes on: frames it has seen count, unless they were of another length.</summary>
    public static void Edit(Turn turn, Signal signal)
    {
        var before = turn.Titles.Find(signal.Epic);
        var sameFrames = before?.TimeFrameSeconds == signal.TimeFrame;
        var frames = sameFrames ? before!.Frames.ToArray() : [];
        if (!sameFrames)
        {
            turn.Changes.DroppedFrames.Add(signal.SignalId);
        }

        if (Make(turn, signal, before?.System.State ?? new SystemState(), frames, sameFrames ? before!.Feed.StoredMark : null) is { } title)
        {
            SystemCalls.Call(turn, title, system =>
            {
                system.Initialize(turn.PortfolioOf(signal.Epic), isFirst: false);
                system.Resume(frames, turn.PortfolioOf(signal.Epic), turn.State.MarketTime);
                return SystemDecision.None;
            });
            FeedDecisions.Open(turn, title);
        }
    }

    /// <summary>A stored signal comes back after a restart.</summary>
    public static void Resume(Turn turn, Signal signal, SystemState state, IReadOnlyList<Frame> frames, FeedMark? mark)
    {
        if (Make(turn, signal, state, frames, mark) is { } title)
        {
            SystemCalls.Call(turn, title, system =>
            {
                system.Resume(frames, turn.PortfolioOf(signal.Epic), turn.State.MarketTime);
                return SystemDecision.None;
            });
        }
    }

    private static Title? Make(Turn turn, Signal signal, SystemState state, IReadOnlyList<Frame> frames, FeedMark? mark)
    {
        var errors = new List<SignalError>();
        if (turn.Catalog.Create(signal.System) is not { } system)
        {
            SystemCalls.Fail(turn, signal, $"system '{signal.System}' is not known to this engine");
            return null;
        }

        var parameters = ParameterSet.Read(system.Parameters, signal.Params, errors);
        if (errors.Count > 0)
        {
            SystemCalls.Fail(turn, signal, $"{errors[0].Field}: {errors[0].Message}");
            return null;
        }

        system.Bind(parameters, state);
        var title = new Title(signal.SignalId, signal.Epic, signal.TimeFrame, system, parameters, mark);
        foreach (var frame in frames)
        {
            title.Keep(frame);
        }

        foreach (var frame in turn.Titles.Find(signal.Epic)?.Feed.Waiting ?? [])
        {
            title.Feed.Waiting.Enqueue(frame);
        }

        turn.Titles.Put(title);
        return title;
    }
}
