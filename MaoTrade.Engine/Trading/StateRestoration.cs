using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Decisions;

namespace MaoTrade.Engine.Trading;

/// <summary>The state of a new session from what the store holds: the same way after a stop, a kill and a lost store.</summary>
public static class StateRestoration
{
    /// <summary>Restores the state and, in the tools, the running systems, deadlines and orders nobody waits for.</summary>
    public static TradingState Restore(StoredState stored, AccountConfig config, TradingTools tools, DateTimeOffset now)
    {
        var account = stored.Account;
        var state = new TradingState
        {
            Version = account?.Version ?? 0,
            Config = account?.Config ?? config,
            FillCursor = account?.FillCursor,
            Blocked = account?.Blocked ?? false,
            BlockReason = account?.BlockReason,
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

        return ResumeSystems(state, stored, tools, now);
    }

    /// <summary>What a system's resume changes is not stored by itself: the next frame's commit carries it.</summary>
    private static TradingState ResumeSystems(TradingState state, StoredState stored, TradingTools tools, DateTimeOffset now)
    {
        var turn = new Turn(state, tools, now);
        foreach (var signal in state.Signals.Values.Where(s => s.IsLive))
        {
            var systemState = stored.SystemStates.TryGetValue(signal.SignalId, out var json) ? SystemState.Parse(json) : new SystemState();
            SignalTitles.Resume(
                turn, signal, systemState, stored.Frames.GetValueOrDefault(signal.SignalId) ?? [],
                stored.Feeds.GetValueOrDefault(signal.SignalId));
        }

        return turn.State;
    }
}
