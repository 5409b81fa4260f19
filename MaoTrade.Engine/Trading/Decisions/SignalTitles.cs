using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Datastore;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// Rows of the title table: how a signal begins, goes on after an edit, comes back after a restart, and changes to another
/// version of its system. A signal whose system cannot run keeps what the store holds of it until it can.
/// </summary>
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
        if (Make(turn, signal, turn.Titles.Waiting.GetValueOrDefault(signal.SignalId) ?? StoredSystem.Nothing) is { } title)
        {
            var portfolio = turn.PortfolioOf(signal.Epic);
            SystemCalls.Call(turn, title, system => system.Initialize(portfolio, isFirst: true));
            FeedDecisions.Open(turn, title);
        }
    }

    /// <summary>An edited signal goes on: frames it has seen count, unless they were of another length.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="signal">The signal as it is now.</param>
    /// <param name="former">Its frames' length before, seconds, where no title knows it.</param>
    public static void Edit(Turn turn, Signal signal, int former)
    {
        var before = turn.Titles.Find(signal.Epic);
        var stored = before?.Store() ?? turn.Titles.Waiting.GetValueOrDefault(signal.SignalId) ?? StoredSystem.Nothing;
        if ((before?.TimeFrameSeconds ?? former) != signal.TimeFrame)
        {
            stored = stored with { Frames = [], Mark = null };
            turn.Changes.DroppedFrames.Add(signal.SignalId);
        }

        if (Make(turn, signal, stored) is { } title)
        {
            var portfolio = turn.PortfolioOf(signal.Epic);
            SystemCalls.Call(turn, title, system =>
            {
                system.Initialize(portfolio, isFirst: before is null && stored.IsNew);
                system.Resume(stored.Frames, portfolio, turn.State.MarketTime);
            });
            FeedDecisions.Open(turn, title);
        }
    }

    /// <summary>A stored signal comes back after a restart; in error it waits for somebody to edit or release it.</summary>
    public static void Resume(Turn turn, Signal signal, StoredSystem stored)
    {
        if (signal.State == SignalState.Error || (signal is { Blocked: true, Error: not null } && stored.IsNew))
        {
            turn.Titles.Waiting[signal.SignalId] = stored;
        }
        else
        {
            Continue(turn, signal, stored);
        }
    }

    /// <summary>A released signal whose system does not run begins where its stored state ends, or anew without one.</summary>
    public static void Release(Turn turn, Signal signal)
    {
        if (turn.Titles.Find(signal.Epic)?.SignalId == signal.SignalId)
        {
            return;
        }

        var stored = turn.Titles.Waiting.GetValueOrDefault(signal.SignalId) ?? StoredSystem.Nothing;
        if (stored.IsNew)
        {
            Begin(turn, signal);
        }
        else if (Continue(turn, signal, stored) is { } title)
        {
            FeedDecisions.Open(turn, title);
        }
    }

    /// <summary>Another version of a running system takes over what it remembers; one in error waits until it is released.</summary>
    public static void Exchange(Turn turn, Signal signal, Title title)
    {
        var stored = title.Store();
        turn.Titles.Remove(title.Epic);
        if (signal.State == SignalState.Error)
        {
            turn.Titles.Waiting[signal.SignalId] = stored;
        }
        else if (Continue(turn, signal, stored) is { } successor)
        {
            successor.Feed.TakeOver(title.Feed);
            turn.Log(LogLevel.Information, $"Signal {signal.SignalId} ({signal.System} on {signal.Epic}) goes on with another version of its system");
        }
    }

    private static Title? Continue(Turn turn, Signal signal, StoredSystem stored)
    {
        var title = Make(turn, signal, stored);
        if (title is not null)
        {
            var portfolio = turn.PortfolioOf(signal.Epic);
            SystemCalls.Call(turn, title, system => system.Resume(stored.Frames, portfolio, turn.State.MarketTime));
        }

        return title;
    }

    /// <summary>A system on what the store holds of it; null when it cannot run, and the signal says why.</summary>
    private static Title? Make(Turn turn, Signal signal, StoredSystem stored)
    {
        turn.Titles.Waiting[signal.SignalId] = stored;
        if (Read(turn, signal, stored) is not { } document)
        {
            return null;
        }

        if (SystemCalls.Create(turn, signal.System) is not { } system)
        {
            SystemCalls.Fail(turn, signal, $"system '{signal.System}' is not known to this engine");
            return null;
        }

        Title? title = null;
        string? fault = null;
        var failure = SystemCalls.Guard(turn, signal.SignalId, signal.System, () => title = Bind(turn, signal, system, document, stored, out fault));
        if (failure is not null || fault is not null)
        {
            SystemCalls.Fail(turn, signal, fault ?? $"{signal.System} failed: {failure!.Message}");
            return null;
        }

        foreach (var frame in stored.Frames)
        {
            title!.Keep(frame);
        }

        foreach (var frame in turn.Titles.Find(signal.Epic)?.Feed.Waiting ?? [])
        {
            title!.Feed.Waiting.Enqueue(frame);
        }

        turn.Titles.Waiting.Remove(signal.SignalId);
        turn.Titles.Put(title!);
        return title;
    }

    /// <summary>A damaged state is kept aside, and its signal waits for somebody to decide.</summary>
    private static SystemStateDocument? Read(Turn turn, Signal signal, StoredSystem stored)
    {
        if (stored.Document is null)
        {
            return new SystemStateDocument(0, new SystemState());
        }

        try
        {
            return SystemStateDocument.Read(stored.Document);
        }
        catch (CorruptStateException exception)
        {
            turn.Changes.CorruptStates.Add((signal.SignalId, turn.Now, stored.Document));
            turn.Changes.DroppedFrames.Add(signal.SignalId);
            turn.Titles.Waiting[signal.SignalId] = stored with { Document = null, Frames = [], Mark = null };
            var reason = $"the stored state is damaged and was kept aside: {exception.Message}";
            turn.Put(signal with { Blocked = true, State = SignalState.Blocked, Error = reason, Modified = turn.Now });
            turn.Log(LogLevel.Critical, $"Signal {signal.SignalId} ({signal.System} on {signal.Epic}) is blocked: {reason}");
            return null;
        }
    }

    private static Title? Bind(
        Turn turn, Signal signal, TradingSystem system, SystemStateDocument document, StoredSystem stored, out string? fault)
    {
        var errors = new List<SignalError>();
        var parameters = ParameterSet.Read(system.Parameters, signal.Params, errors);
        if (errors.Count > 0)
        {
            fault = $"{errors[0].Field}: {errors[0].Message}";
            return null;
        }

        if (document.Version > system.StateVersion)
        {
            fault = $"its state is of version {document.Version}, this {signal.System} knows {system.StateVersion}; the state is kept for a newer one";
            return null;
        }

        if (stored.Document is not null && document.Version < system.StateVersion)
        {
            system.Migrate(document.Version, document.State);
            document.State.Touch();
        }

        var datastore = new SystemDatastore();
        foreach (var (key, value) in stored.Values)
        {
            datastore.Restore(key, value);
        }

        var rules = turn.Rules.Symbols.GetValueOrDefault(signal.Epic);
        var context = new SystemContext(signal.Epic, signal.TimeFrame, turn.Rules.Zone, rules?.QtyStep, rules?.MinQty, rules?.MaxQty);
        var chart = new SystemChart();
        system.Bind(parameters, document.State, context, chart, datastore);
        chart.Restore(stored.Points);
        fault = null;
        return new Title(signal.SignalId, signal.Epic, signal.TimeFrame, system, parameters, stored.Mark);
    }
}
