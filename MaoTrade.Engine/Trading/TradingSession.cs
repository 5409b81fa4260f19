using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Live;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Decisions;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// One life of the trade loop, from what the store holds until it is stopped, the store is lost, or a trading system does
/// not give the loop back. Nothing survives it but the store: a lost session and a killed process come back by the same way.
/// </summary>
public sealed partial class TradingSession(
    IEngineStore store, IAccountManager broker, TradeInbox inbox, SnapshotBoard board, AccountConfig config,
    SystemCatalog catalog, TradingRules rules, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);

    private readonly ILogger _logger = loggers.CreateLogger<TradingSession>();
    private TradeManager? _manager;

    /// <summary>Longest call into a trading system.</summary>
    public TimeSpan CallDeadline { get; init; } = CallWatch.DefaultDeadline;

    /// <summary>Calls that held sessions before this one: their signals are put in error before anything else is taken.</summary>
    public IReadOnlyList<StuckCall> Stuck { get; init; } = [];

    /// <summary>Whether there is a gateway to be told what happens.</summary>
    public bool TellsGateway { get; init; }

    /// <summary>Whether the engine's last life did not end in order, and nobody else tells.</summary>
    public bool TellsRestart { get; init; }

    /// <summary>How long the store was away before this session; null when it was not.</summary>
    public TimeSpan? StoreAwayFor { get; init; }

    /// <summary>Whether what was restored, with the errors of <see cref="Stuck"/>, is stored.</summary>
    public bool IsRestored { get; private set; }

    /// <summary>Runs until the token ends (orderly) or something fails (the exception).</summary>
    /// <exception cref="StoreLostException">The store is lost; build a new session when it answers again.</exception>
    /// <exception cref="SystemStuckException">A system holds the loop; build a new session at once, with its call in <see cref="Stuck"/>.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var endOfWatch = new CancellationTokenSource();
        var calls = new CallWatch(time, CallDeadline);
        var gateway = new BrokerGateway(broker, inbox, () => store.MayTrade, time, loggers.CreateLogger<BrokerGateway>());
        var trading = Task.Run(() => TradeAsync(calls, gateway, end.Token), CancellationToken.None);
        var watching = WatchAsync(calls, endOfWatch.Token);
        Task[] beside = [gateway.RunAsync(end.Token), TickAsync(end.Token)];
        var first = await Task.WhenAny([trading, watching, .. beside]);
        await end.CancelAsync();
        await Task.WhenAll(beside).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // The watch goes on until the loop has ended: a system can hold it while the engine stops, too.
        await Task.WhenAny(trading, watching);
        await endOfWatch.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (watching.IsFaulted)
        {
            Forsake(trading);
            await watching;
        }

        await trading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first.IsFaulted || !cancellationToken.IsCancellationRequested)
        {
            await first;
            throw new InvalidOperationException("A trading loop ended unexpectedly");
        }
    }

    private async Task TradeAsync(CallWatch calls, BrokerGateway gateway, CancellationToken cancellationToken)
    {
        var tools = new TradingTools(catalog, new TitleTable(), new OrderWatch(time), new DealReferences(time), rules)
        {
            Calls = calls,
            TellsGateway = TellsGateway,
        };
        board.Live?.Begin(store.TakeSequence(LiveFeed.ClockSequence(time.GetUtcNow())));
        var state = StateRestoration.Restore(store.Load(), config, tools, time.GetUtcNow(), Stuck);
        if (state is { Blocked: true, BlockReason: var reason })
        {
            Blocked(reason ?? "no reason is known");
        }

        if (TellsRestart)
        {
            Reports.Restarted(tools.Restoration ??= new Turn(state, tools, time.GetUtcNow()));
        }

        if (StoreAwayFor is { } away)
        {
            StoreAnswers((long)away.TotalSeconds);
            Reports.StoreBack(tools.Restoration ??= new Turn(state, tools, time.GetUtcNow()), away);
        }

        var desk = new TradeDesk(store, tools, time, state);
        _manager = new TradeManager(inbox, desk, gateway, board, time, loggers.CreateLogger<TradeManager>());
        _manager.Begin();
        IsRestored = true;
        Steps.Pass(Step.StateLoaded);
        await _manager.RunAsync(cancellationToken);
    }

    /// <summary>Looks at the call that runs; ends with an exception when one lasts too long.</summary>
    private async Task WatchAsync(CallWatch calls, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CallDeadline / 4, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (calls.Look() is { } stuck)
            {
                throw new SystemStuckException(stuck);
            }
        }
    }

    /// <summary>The loop's thread is somebody else's now: it is not waited for, and who waits for it is told.</summary>
    private void Forsake(Task trading)
    {
        _ = trading.ContinueWith(
            ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _manager?.Forsake(ServiceReply.Failure(ReplyCode.NotReady, "a trading system did not answer; nothing was done"));
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TickPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await inbox.PostAsync(new TickInput(time.GetTimestamp()), cancellationToken);
        }
    }

    [LoggerMessage(2037, LogLevel.Critical, "The account is blocked, nothing opens: {Reason}")]
    private partial void Blocked(string reason);

    [LoggerMessage(2038, LogLevel.Warning, "The store answers again after {Seconds} s: trading goes on from what it holds")]
    private partial void StoreAnswers(long seconds);
}
