using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading.Decisions;

namespace MaoTrade.Engine.Trading;

/// <summary>The state of a new session from what the store holds: the same way after a stop, a kill and a lost store.</summary>
public static class StateRestoration
{
    private const int MostShown = 5;

    /// <summary>Restores the state and, in the tools, the running systems, deadlines and orders nobody waits for.</summary>
    /// <param name="stored">What the store holds.</param>
    /// <param name="config">What a new account begins with.</param>
    /// <param name="tools">Take up running systems, deadlines and orders nobody waits for.</param>
    /// <param name="now">Wall time.</param>
    /// <param name="stuck">Calls that held earlier sessions: their signals are put in error and not called.</param>
    public static TradingState Restore(
        StoredState stored, AccountConfig config, TradingTools tools, DateTimeOffset now, IReadOnlyList<StuckCall>? stuck = null)
    {
        var account = stored.Account;
        var broken = StateInvariants.Broken(stored);
        var state = new TradingState
        {
            Version = account?.Version ?? 0,
            Config = account?.Config ?? config,
            FillCursor = account?.FillCursor,
            Blocked = account?.Blocked == true || broken.Count > 0,
            BlockReason = broken.Count == 0 ? account?.BlockReason : $"the stored state contradicts itself: {string.Join("; ", broken.Take(MostShown))}",
            Liquidates = account?.Liquidates ?? false,
            Drift = account?.Drift ?? 0,
            Frame = account?.Frame ?? 0,
            LastFrameAt = account?.LastFrameAt,
            MarketTime = account?.MarketTime ?? default,
            Equity = account?.Equity,
            TradingDay = account?.TradingDay,
            FillIds = [.. stored.FillIds],
            HoldsAllOrders = stored.HoldsAllOrders,
        };
        foreach (var order in stored.Orders)
        {
            state = state.With(order);
            if (!order.IsEnded)
            {
                tools.Watch.Begin(order);
            }
        }

        foreach (var order in state.Orders.Values)
        {
            tools.Watch.CountMade(order);
        }

        state = state with
        {
            Positions = state.Positions.AddRange(stored.Positions.Select(p => KeyValuePair.Create(p.Epic, p))),
            Signals = state.Signals.AddRange(stored.Signals.Select(s => KeyValuePair.Create(s.SignalId, s))),
        };
        foreach (var id in state.OpenOrders.Where(id => state.Orders[id].ExecState == OrderExecState.Submitted))
        {
            tools.Orphans.Add(id);
        }

        return ResumeSystems(state, stored, tools, now, stuck ?? []);
    }

    private static TradingState ResumeSystems(
        TradingState state, StoredState stored, TradingTools tools, DateTimeOffset now, IReadOnlyList<StuckCall> stuck)
    {
        var turn = new Turn(state, tools, now);
        foreach (var signal in state.Signals.Values.Where(s => s.IsLive))
        {
            if (stuck.FirstOrDefault(call => call.SignalId == signal.SignalId) is { } call)
            {
                SystemCalls.Fail(turn, signal, call.Reason);
            }

            SignalTitles.Resume(turn, turn.State.Signals[signal.SignalId], stored.SystemOf(signal.SignalId));
        }

        if (!turn.Changes.IsEmpty || turn.Effects.Count > 0)
        {
            tools.Restoration = turn;
        }

        return turn.State;
    }
}
