using MaoTrade.Engine.Logs;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// Every call into a trading system: each is watched (<see cref="CallWatch"/>), a system that throws is put in error, and
/// nobody else notices.
/// </summary>
public static class SystemCalls
{
    /// <summary>Gives a system a frame.</summary>
    public static SystemDecision Process(Turn turn, Title title, in SystemFrame frame)
    {
        var portfolio = turn.PortfolioOf(title.Epic);
        var decision = SystemDecision.None;
        Exception? failure = null;
        title.System.Snapshot?.Freeze();
        turn.Tools.Calls.Begin(title.SignalId, title.SystemName);
        try
        {
            decision = title.System.ProcessData(frame, portfolio);
            title.System.SaveChanges();
        }
#pragma warning disable CA1031 // Whatever an author's code throws must stop with its own system.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        turn.Tools.Calls.End();
        Settle(turn, title, failure);
        return decision;
    }

    /// <summary>Calls a system, stores what it remembers and logs what it said.</summary>
    public static void Call(Turn turn, Title title, Action<TradingSystem> call)
    {
        if (!turn.State.Signals.ContainsKey(title.SignalId))
        {
            return;
        }

        title.System.Snapshot?.Freeze();
        var failure = Guard(turn, title.SignalId, title.SystemName, () =>
        {
            call(title.System);
            title.System.SaveChanges();
        });
        Settle(turn, title, failure);
    }

    /// <summary>Tells a system about its order.</summary>
    public static void Tell(Turn turn, Order order, Action<TradingSystem> tell)
    {
        if (turn.Titles.Find(order.Epic) is { } title && title.SignalId == order.SignalId)
        {
            Call(turn, title, tell);
        }
    }

    /// <summary>Runs code of a system's author; returns what it threw.</summary>
    public static Exception? Guard(Turn turn, string signalId, string system, Action code)
    {
        Exception? failure = null;
        turn.Tools.Calls.Begin(signalId, system);
        try
        {
            code();
        }
#pragma warning disable CA1031 // Whatever an author's code throws must stop with its own system.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        turn.Tools.Calls.End();
        return failure;
    }

    /// <summary>A new instance; null for an unknown name or one whose constructor fails.</summary>
    public static TradingSystem? Create(Turn turn, string name)
    {
        TradingSystem? system = null;
        if (Guard(turn, "", name, () => system = turn.Catalog.Create(name)) is { } failure)
        {
            turn.Log(LogLevel.Error, $"System {name} cannot be made: {failure}");
        }

        return system;
    }

    /// <summary>Has a system check a signal's parameters.</summary>
    public static void Check(Turn turn, TradingSystem system, string name, string epic, Func<ICollection<SignalError>, ParameterSet> read, List<SignalError> errors)
    {
        var portfolio = turn.PortfolioOf(epic);
        var failure = Guard(turn, "", name, () =>
        {
            var parameters = read(errors);
            if (errors.Count == 0)
            {
                system.ValidateSignal(parameters, portfolio, errors);
            }
        });
        if (failure is not null)
        {
            errors.Add(new SignalError("system", "value", $"{name} failed to check the signal: {failure.Message}"));
            turn.Log(LogLevel.Error, $"System {name} failed to check a signal: {failure}");
        }
    }

    /// <summary>Remembers an action that is carried out.</summary>
    public static void Remember(Turn turn, Title title, SystemAction action, DateTimeOffset now)
    {
        title.System.Remember(action, now);
        turn.Changes.SystemStates[title.SignalId] = title.System.TakeSnapshot();
    }

    /// <summary>Puts a signal in error: it sends nothing until somebody edits it.</summary>
    public static void Fail(Turn turn, Signal signal, string error)
    {
        turn.Put(signal with { State = SignalState.Error, Error = error, Modified = turn.Now });
        turn.Log(
            LogLevel.Error, $"The signal sends nothing until it is edited: signal={signal.SignalId} system={signal.System} symbol={signal.Epic} error={error}",
            LogEvents.SystemError);
        Reports.SystemFailed(turn, signal, error);
    }

    private static void Settle(Turn turn, Title title, Exception? failure)
    {
        var system = title.System;
        if (failure is not null && turn.State.Signals.GetValueOrDefault(title.SignalId) is { } failed)
        {
            Fail(turn, failed, $"{failed.System} failed: {failure.Message}");
            turn.Log(LogLevel.Error, $"System {failed.System} of signal {failed.SignalId} failed: {failure}");
        }

        foreach (var line in system.TakeLog())
        {
            turn.Changes.SystemLog.Add((title.SignalId, turn.Now, line));
            Reports.Said(turn, title.SignalId, line);
            var text = line.PushTitle is { } push ? $"push message: {push}: {line.Message}" : line.Message;
            turn.Log((LogLevel)(line.Severity + 1), $"{title.SystemName} {title.Epic}: {text}", line.Event);
        }

        if (system.Chart.HasChanges && turn.Tools.StoresCharts)
        {
            system.Chart.AddChanges(title.SignalId, turn.Changes.Chart);
        }

        system.Chart.ForgetChanges();

        foreach (var (key, value) in system.Datastore.TakeChanges())
        {
            turn.Changes.Datastore.Add((title.SignalId, key, value));
        }

        if (system.State.IsDirty)
        {
            turn.Changes.SystemStates[title.SignalId] = system.TakeSnapshot();
        }

        if (system.IsCompleted && turn.State.Signals.GetValueOrDefault(title.SignalId) is { IsLive: true } live)
        {
            turn.Put(live with { State = SignalState.Completed, Modified = turn.Now });
            turn.Log(LogLevel.Information, $"Signal {live.SignalId} ({live.System} on {live.Epic}) is completed");
        }
    }
}
