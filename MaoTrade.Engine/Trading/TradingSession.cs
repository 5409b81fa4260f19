using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Decisions;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// One life of the trade loop, from what the store holds until it is stopped or the store is lost. Nothing survives it but
/// the store: a lost session and a killed process come back by the same way.
/// </summary>
public sealed class TradingSession(
    IEngineStore store, IAccountManager broker, TradeInbox inbox, SnapshotBoard board, AccountConfig config,
    SystemCatalog catalog, TradingRules rules, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until the token ends (orderly) or something fails (the exception).</summary>
    /// <exception cref="StoreLostException">The store is lost; build a new session when it answers again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var tools = new TradingTools(catalog, new TitleTable(), new OrderWatch(time), new DealReferences(time), rules);
        var state = Restore(tools);
        board.Publish(state);
        Steps.Pass(Step.StateLoaded);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var gateway = new BrokerGateway(broker, inbox, time, loggers.CreateLogger<BrokerGateway>());
        var manager = new TradeManager(inbox, store, gateway, board, tools, time, loggers.CreateLogger<TradeManager>());
        Task[] loops = [manager.RunAsync(state, end.Token), gateway.RunAsync(end.Token), TickAsync(end.Token)];
        var first = await Task.WhenAny(loops);
        await end.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first.IsFaulted || !cancellationToken.IsCancellationRequested)
        {
            await first;
            throw new InvalidOperationException("A trading loop ended unexpectedly");
        }
    }

    private TradingState Restore(TradingTools tools)
    {
        var stored = store.Load();
        var account = stored.Account;
        var state = new TradingState
        {
            Version = account?.Version ?? 0,
            Config = account?.Config ?? config,
            FillCursor = account?.FillCursor,
            Blocked = account?.Blocked ?? false,
            Drift = account?.Drift ?? 0,
            Frame = account?.Frame ?? 0,
            LastFrameAt = account?.LastFrameAt,
            MarketTime = account?.MarketTime ?? default,
            Equity = account?.Equity,
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

        state = state with
        {
            Positions = state.Positions.AddRange(stored.Positions.Select(p => KeyValuePair.Create(p.Epic, p))),
            Signals = state.Signals.AddRange(stored.Signals.Select(s => KeyValuePair.Create(s.SignalId, s))),
        };
        foreach (var id in state.OpenOrders.Where(id => state.Orders[id].ExecState == OrderExecState.Submitted))
        {
            tools.Orphans.Add(id);
        }

        return ResumeSystems(state, stored, tools);
    }

    /// <summary>What a system's resume changes is not stored by itself: the next frame's commit carries it.</summary>
    private TradingState ResumeSystems(TradingState state, StoredState stored, TradingTools tools)
    {
        var turn = new Turn(state, tools, time.GetUtcNow());
        foreach (var signal in state.Signals.Values.Where(s => s.IsLive))
        {
            var systemState = stored.SystemStates.TryGetValue(signal.SignalId, out var json) ? SystemState.Parse(json) : new SystemState();
            SignalTitles.Resume(turn, signal, systemState, stored.Frames.GetValueOrDefault(signal.SignalId) ?? []);
        }

        return turn.State;
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TickPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await inbox.PostAsync(new TickInput(), cancellationToken);
        }
    }
}
