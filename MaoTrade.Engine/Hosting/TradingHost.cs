using System.Data.Common;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Hosting;

/// <summary>
/// Keeps a trading session alive: schema, store, broker, loop; after a lost store the same again from the store.
/// Any other end of a session stops the process with a fault.
/// </summary>
public sealed partial class TradingHost(
    EngineSettings settings, TradeInbox inbox, SnapshotBoard board, EngineStores stores, IStoreDatabase database, StoreLease lease,
    SystemCatalogs catalogs, Func<IEngineStore> open, Func<IAccountManager> connect, EngineOutcome outcome, IHostApplicationLifetime application, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    /// <summary>Calls that held sessions and whose signals are not yet stored as in error.</summary>
    private readonly List<StuckCall> _stuck = [];

    private readonly ILogger _logger = loggers.CreateLogger<TradingHost>();
    private readonly StoreAbsence _absence = new(time);
    private string? _keptAside;

    /// <summary>Whether the end of the engine's last life is stored as told; a supervisor tells of it itself.</summary>
    private bool _restartTold;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await RunSessionAsync(stoppingToken);
                inbox.Drain(ServiceReply.Failure(ReplyCode.NotReady, "trading begins anew: the engine stops, its store or a trading system did not answer; nothing was done"));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (LeaseLostException exception)
        {
            Locked(settings.Options.AccountId, exception.Message);
            outcome.Code = ExitCode.AccountLocked;
            application.StopApplication();
        }
        catch (StoreRefusedException exception)
        {
            Refused(exception.Message);
            outcome.Code = ExitCode.Configuration;
            application.StopApplication();
        }
#pragma warning disable CA1031 // The one boundary of the trading loops: logged once, loudly, and the process ends.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failed(exception);
            outcome.Code = ExitCode.Fault;
            application.StopApplication();
        }
        finally
        {
            Release();
            inbox.Drain(ServiceReply.Failure(ReplyCode.NotReady, "the engine stops; nothing was done"));
            Stopped();
        }
    }

    private async Task RunSessionAsync(CancellationToken stoppingToken)
    {
        try
        {
            await TakeAccountAsync(stoppingToken);
            Steps.Pass(Step.SchemaReady);
            using var store = open();
            if (_keptAside is { } aside)
            {
                BeginAnew(store, aside);
                _keptAside = null;
            }

            stores.Current = store;
            await using var broker = connect();
            var session = new TradingSession(
                store, broker, inbox, board, settings.AccountConfig, catalogs.Current, settings.Rules, time, loggers)
            {
                CallDeadline = TimeSpan.FromMilliseconds(settings.Config.SystemDeadlineMs),
                Stuck = [.. _stuck],
                TellsGateway = settings.Options.Gateway is not null,
                StoreAwayFor = _absence.Length,
                TellsRestart = lease.TookOver && !settings.Options.Supervised && !_restartTold,
            };
            await RunAsync(session, stoppingToken);
        }
        catch (Exception exception) when (CorruptStore.IsDamage(exception))
        {
            board.MarkStale();
            stores.Current = null;
            _keptAside = database.KeepAside(time.GetUtcNow());
            Damaged(_keptAside, exception);
        }
        catch (Exception exception) when (exception is StoreLostException or DbException)
        {
            board.MarkStale();
            if (_absence.Note())
            {
                StoreLost(exception);
            }

            await Task.Delay(StoreRetry, time, stoppingToken);
        }
        finally
        {
            stores.Current = null;
        }
    }

    /// <summary>
    /// The lease comes first: nobody migrates, or keeps aside, a database that another engine trades with. Where it cannot be
    /// read, the lock in the folder proves that nobody has the folder's own file.
    /// </summary>
    private async Task TakeAccountAsync(CancellationToken stoppingToken)
    {
        if (!await lease.TakeAsync(database, stoppingToken))
        {
            throw new LeaseLostException();
        }

        database.Check();
        await database.MigrateAsync(stoppingToken);
        if (!await lease.TakeAsync(database, stoppingToken))
        {
            throw new LeaseLostException();
        }
    }

    /// <summary>After a damaged database: blocked until somebody has looked; the positions are adopted from the broker.</summary>
    private void BeginAnew(IEngineStore store, string aside) => store.Commit([], new TradingState
    {
        Config = settings.AccountConfig,
        Blocked = true,
        BlockReason = $"the database was damaged and is kept as {Path.GetFileName(aside)}",
    });

    private void Release()
    {
        if (_absence.IsAway)
        {
            NotReleased("the store does not answer");
            return;
        }

        try
        {
            lease.Release(database);
        }
        catch (DbException exception)
        {
            // The next engine waits until the beat has stood still long enough.
            NotReleased(exception.Message);
        }
    }

    private async Task RunAsync(TradingSession session, CancellationToken stoppingToken)
    {
        StuckCall? stuck = null;
        try
        {
            await session.RunAsync(stoppingToken);
        }
        catch (SystemStuckException exception)
        {
            stuck = exception.Call;
            Stuck(stuck.Reason, stuck.SignalId);
        }
        finally
        {
            if (session.IsRestored)
            {
                _absence.End();
                _restartTold = true;
                _stuck.RemoveAll(session.Stuck.Contains);
            }

            if (stuck is not null)
            {
                _stuck.Add(stuck);
            }
        }
    }

    [LoggerMessage(2033, LogLevel.Critical, "{Reason}: trading begins anew from the store with signal {SignalId} in error")]
    private partial void Stuck(string reason, string signalId);

    [LoggerMessage(2030, LogLevel.Critical, "The engine fails and ends")]
    private partial void Failed(Exception exception);

    [LoggerMessage(2031, LogLevel.Critical, "The store does not answer: no orders leave until it does")]
    private partial void StoreLost(Exception exception);

    [LoggerMessage(2032, LogLevel.Information, "Trading stopped: everything decided is stored")]
    private partial void Stopped();

    [LoggerMessage(2034, LogLevel.Critical, "Account {AccountId} is not for this engine, which ends: {Reason}")]
    private partial void Locked(string accountId, string reason);

    [LoggerMessage(2035, LogLevel.Critical, "The database is damaged; it is kept as {Aside}, a new one begins with the account blocked")]
    private partial void Damaged(string aside, Exception exception);

    [LoggerMessage(2039, LogLevel.Critical, "The account's database is not to be used, the engine ends: {Reason}")]
    private partial void Refused(string reason);

    [LoggerMessage(2036, LogLevel.Warning, "The account could not be given back ({Reason}); the next engine takes it after a while")]
    private partial void NotReleased(string reason);
}
