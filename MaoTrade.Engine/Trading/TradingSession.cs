using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// One life of the trade loop, from what the store holds until it is stopped or the store is lost. Nothing survives it but
/// the store: a lost session and a killed process come back by the same way.
/// </summary>
public sealed partial class TradingSession(
    IEngineStore store, IAccountManager broker, TradeInbox inbox, SnapshotBoard board, AccountConfig config,
    SystemCatalog catalog, TradingRules rules, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);

    private readonly ILogger _logger = loggers.CreateLogger<TradingSession>();

    /// <summary>Runs until the token ends (orderly) or something fails (the exception).</summary>
    /// <exception cref="StoreLostException">The store is lost; build a new session when it answers again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var tools = new TradingTools(catalog, new TitleTable(), new OrderWatch(time), new DealReferences(time), rules);
        var state = StateRestoration.Restore(store.Load(), config, tools, time.GetUtcNow());
        board.Publish(state);
        if (state is { Blocked: true, BlockReason: var reason })
        {
            Blocked(reason ?? "no reason is known");
        }

        Steps.Pass(Step.StateLoaded);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var gateway = new BrokerGateway(broker, inbox, () => store.MayTrade, time, loggers.CreateLogger<BrokerGateway>());
        var desk = new TradeDesk(store, tools, time, state);
        var manager = new TradeManager(inbox, desk, gateway, board, time, loggers.CreateLogger<TradeManager>());
        Task[] loops = [manager.RunAsync(end.Token), gateway.RunAsync(end.Token), TickAsync(end.Token)];
        var first = await Task.WhenAny(loops);
        await end.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first.IsFaulted || !cancellationToken.IsCancellationRequested)
        {
            await first;
            throw new InvalidOperationException("A trading loop ended unexpectedly");
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TickPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await inbox.PostAsync(new TickInput(), cancellationToken);
        }
    }

    [LoggerMessage(2033, LogLevel.Critical, "The account is blocked, nothing opens: {Reason}")]
    private partial void Blocked(string reason);
}
