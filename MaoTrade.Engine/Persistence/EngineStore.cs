using System.Text.Json;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Market.Frames;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MaoTrade.Engine.Persistence;

/// <summary>
/// The account's SQLite database: write-ahead log, synchronous=FULL, so that a commit that returned survives a power cut.
/// Prepared commands on one connection for the trade loop; reads by others have a connection of their own.
/// </summary>
public sealed class EngineStore : IEngineStore
{
    private readonly SqliteConnection _connection;
    private readonly StoreCommands _commands;
    private readonly StoredFrames<string> _frames;
    private readonly OrderHistory _history;
    private readonly StoreLease? _lease;
    private readonly SystemHistory _systems;
    private readonly EquityHistory _equity;

    /// <summary>Opens a database of the current schema.</summary>
    /// <param name="connectionString">Where it is.</param>
    /// <param name="lease">The right to trade, taken already; null where nobody else can have the database.</param>
    /// <param name="statements">Writes what is run to the log; null = nothing does.</param>
    public EngineStore(string connectionString, StoreLease? lease = null, StatementLog? statements = null)
    {
        _lease = lease;
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        statements?.Follow(_connection);
        StoreCommands.Execute(_connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=2000");
        _commands = new StoreCommands(_connection);
        _frames = new StoredFrames<string>(_connection, "SELECT frame FROM frames WHERE signal_id = $1 ORDER BY frame", signalId => [signalId]);
        _history = new OrderHistory(connectionString);
        _systems = new SystemHistory(connectionString);
        _equity = new EquityHistory(connectionString);
    }

    public ISystemData SystemData => _systems;

    public IResultData ResultData => _equity;

    public StoredState Load()
    {
        try
        {
            return new StoreLoading(_connection, TradingState.EndedOrdersKept).Load();
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException)
        {
            throw CorruptStore.Damage($"a stored document cannot be read: {exception.Message}");
        }
    }

    public bool MayTrade => _lease?.IsFresh ?? true;

    public void Beat()
    {
        if (_lease is { IsBeatDue: true })
        {
            InTransaction(() => { });
        }
    }

    public void Commit(IReadOnlyList<ChangeSet> changes, TradingState state) => InTransaction(() =>
    {
        foreach (var change in changes)
        {
            Write(change);
        }

        _commands.PutAccount.Run(
            1, JsonSerializer.SerializeToUtf8Bytes(StoredAccount.Of(state), StoreJson.Default.StoredAccount));
    });

    public IReadOnlyList<StoredEvent> WaitingEvents(int limit) => _systems.WaitingEvents(limit);

    public IReadOnlyList<(LiveSeries Series, long Last)> WaitingSeries() => _systems.WaitingSeries();

    public IReadOnlyList<Frame> WaitingBars(LiveSeries series, long after, int limit) => _systems.WaitingBars(series, after, limit);

    public Order? FindByClientId(string clientOrderId) => _history.FindByClientId(clientOrderId);

    public IReadOnlyList<Order> ListOrders(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit) =>
        _history.List(from, to, cursor, limit);

    public IReadOnlyList<Trade> LatestTrades(int limit) => _history.LatestTrades(limit);

    public long TakeSequence(long atLeast)
    {
        var first = 0L;
        InTransaction(() =>
        {
            using var sequence = new SqliteCommand(
                "UPDATE live SET first = MAX($least, first + $step) WHERE id = 1 RETURNING first", _connection);
            sequence.Parameters.AddWithValue("$least", atLeast);
            sequence.Parameters.AddWithValue("$step", IEngineStore.SequenceStep);
            first = (long)sequence.ExecuteScalar()!;
        });
        return first;
    }

    public void Dispose()
    {
        _history.Dispose();
        _systems.Dispose();
        _equity.Dispose();
        _commands.Dispose();
        _connection.Dispose();
    }

    /// <summary>Every transaction beats: one of a process that lost the lease fails as a whole.</summary>
    private void InTransaction(Action write)
    {
        var began = _lease?.Begin() ?? 0;
        _commands.Begin.Run();
        try
        {
            _lease?.Beat(_commands.BeatLease);
            write();
            _commands.Commit.Run();
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                _commands.Rollback.Run();
            }

            throw;
        }

        _lease?.Confirm(began);
    }

    private void Write(ChangeSet change)
    {
        foreach (var (signalId, signal) in change.Signals)
        {
            if (signal is null)
            {
                _commands.DeleteSignal.Run(signalId);
                _commands.Systems.Drop(signalId);
            }
            else
            {
                _commands.PutSignal.Run(
                    signalId, signal.Epic, signal.State.ToString(), JsonSerializer.SerializeToUtf8Bytes(signal, StoreJson.Default.Signal));
            }
        }

        foreach (var (order, storedSteps) in change.Orders.Values)
        {
            Write(order, storedSteps);
        }

        foreach (var fill in change.Fills)
        {
            _commands.PutFill.Run(
                fill.FillId, fill.DealReference, fill.Epic, Text(fill.Qty), Text(fill.Price),
                fill.Pnl is { } pnl ? Text(pnl) : DBNull.Value, fill.FrameUnixSeconds, fill.At.ToUnixTimeMilliseconds(),
                Text(fill.Moved ?? fill.SignedQty),
                fill.Closing is { } closing ? Text(closing.Qty) : DBNull.Value,
                fill.Closing is { } entry ? Text(entry.EntryPrice) : DBNull.Value,
                fill.Closing is { } opened ? opened.EntryUnixSeconds : DBNull.Value);
        }

        foreach (var (epic, position) in change.Positions)
        {
            if (position is null)
            {
                _commands.DeletePosition.Run(epic);
            }
            else
            {
                _commands.PutPosition.Run(epic, JsonSerializer.SerializeToUtf8Bytes(position, StoreJson.Default.Position));
            }
        }

        foreach (var day in change.EquityDays)
        {
            _commands.PutEquityDay.Run(
                EquityHistory.Text(day.Date), Text(day.Start), Text(day.Last), Text(day.Peak), Text(day.Low), day.MaxDrawdown);
        }

        WriteSystems(change);
        if (change.HasEvents)
        {
            _commands.Events.Write(change);
        }

        if (change.Bars.Count > 0)
        {
            _commands.Bars.Write(change);
        }
    }

    private void Write(Order order, int storedSteps)
    {
        _commands.PutOrder.Run(
            order.OrderId, (object?)order.ClientOrderId ?? DBNull.Value, order.DealReference, order.System, order.Epic,
            (int)order.ExecState, (int)order.DealStatus, order.Attempt, order.Created.ToUnixTimeMilliseconds(),
            order.Modified.ToUnixTimeMilliseconds(), JsonSerializer.SerializeToUtf8Bytes(order with { Changes = [] }, StoreJson.Default.Order),
            order.OnFilled is { } intent ? JsonSerializer.SerializeToUtf8Bytes(intent, StoreJson.Default.TradeIntent) : DBNull.Value,
            order.CancelAttempt, Text(order.AssumedQty));
        for (var number = storedSteps; number < order.Changes.Length; number++)
        {
            var step = order.Changes[number];
            _commands.PutOrderChange.Run(
                order.OrderId, number, step.At.ToUnixTimeMilliseconds(), (int)step.ExecState, (int)step.DealStatus, step.Note,
                step.LatencyMs);
        }
    }

    private void WriteSystems(ChangeSet change)
    {
        foreach (var signalId in change.DroppedFrames)
        {
            _commands.DropFrames.Run(signalId);
            _frames.Forget(signalId);
            _commands.DropFeed.Run(signalId);
        }

        foreach (var (signalId, frame, keep) in change.Frames)
        {
            _commands.PutFrame.Run(
                signalId, frame.UnixSeconds, Text(frame.Open), Text(frame.High), Text(frame.Low), Text(frame.Close), Text(frame.Volume));
            foreach (var dropped in _frames.Add(signalId, frame.UnixSeconds, keep))
            {
                _commands.DropFrame.Run(signalId, dropped);
            }
        }

        foreach (var (signalId, mark) in change.Feeds)
        {
            _commands.PutFeed.Run(signalId, JsonSerializer.SerializeToUtf8Bytes(mark, StoreJson.Default.FeedMark));
        }

        if (change.HasSystemData)
        {
            _commands.Systems.Write(change);
        }
    }

    private static string Text(decimal value) => value.ToString();
}
