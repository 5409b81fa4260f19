using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>Every call into a trading system: a system that throws is put in error, and nobody else notices.</summary>
public static class SystemCalls
{
    /// <summary>Calls a system, stores what it remembers and logs what it said.</summary>
    public static SystemDecision Call(Turn turn, Title title, Func<TradingSystem, SystemDecision> call)
    {
        if (turn.State.Signals.GetValueOrDefault(title.SignalId) is not { } signal)
        {
            return SystemDecision.None;
        }

        var decision = SystemDecision.None;
        try
        {
            decision = call(title.System);
        }
#pragma warning disable CA1031 // Whatever an author's code throws must stop with its own system.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(turn, signal, $"{signal.System} failed: {exception.Message}");
            turn.Log(LogLevel.Error, $"System {signal.System} of signal {signal.SignalId} failed: {exception}");
        }

        foreach (var line in title.System.TakeLog())
        {
            turn.Changes.SystemLog.Add((signal.SignalId, turn.Now, line));
            turn.Log(LogLevel.Information, $"{signal.System} {signal.Epic}: {line}");
        }

        if (title.System.State.IsDirty)
        {
            turn.Changes.SystemStates[signal.SignalId] = title.System.State.ToJson();
        }

        if (title.System.IsCompleted && turn.State.Signals[title.SignalId] is { IsLive: true } live)
        {
            turn.Put(live with { State = SignalState.Completed, Modified = turn.Now });
            turn.Log(LogLevel.Information, $"Signal {live.SignalId} ({live.System} on {live.Epic}) is completed");
        }

        return decision;
    }

    /// <summary>Tells a system about its order.</summary>
    public static void Tell(Turn turn, Order order, Action<TradingSystem> tell)
    {
        if (turn.Titles.Find(order.Epic) is { } title && title.SignalId == order.SignalId)
        {
            Call(turn, title, system =>
            {
                tell(system);
                return SystemDecision.None;
            });
        }
    }

    /// <summary>Puts a signal in error: it sends nothing until somebody edits it.</summary>
    public static void Fail(Turn turn, Signal signal, string error)
    {
        turn.Put(signal with { State = SignalState.Error, Error = error, Modified = turn.Now });
        turn.Log(LogLevel.Error, $"Signal {signal.SignalId} ({signal.System} on {signal.Epic}) is in error: {error}");
    }
}
