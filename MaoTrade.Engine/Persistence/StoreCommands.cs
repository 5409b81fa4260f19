using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>The prepared statements of <see cref="EngineStore"/>.</summary>
internal sealed class StoreCommands(SqliteConnection connection) : IDisposable
{
    /// <summary>Takes the writer's place at once: a transaction that begins can end.</summary>
    public PreparedCommand Begin { get; } = new(connection, "BEGIN IMMEDIATE");

    public PreparedCommand Commit { get; } = new(connection, "COMMIT");

    public PreparedCommand Rollback { get; } = new(connection, "ROLLBACK");

    public PreparedCommand PutAccount { get; } = new(
        connection, "INSERT INTO account (id, document) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET document = excluded.document");

    public PreparedCommand BeatLease { get; } = new(connection, "UPDATE lease SET beat = beat + 1 WHERE id = 1 AND holder = $1");

    public PreparedCommand PutSignal { get; } = new(
        connection, "INSERT OR REPLACE INTO operazioni (signal_id, epic, state, document) VALUES ($1, $2, $3, $4)");

    public PreparedCommand DeleteSignal { get; } = new(connection, "DELETE FROM operazioni WHERE signal_id = $1");

    public PreparedCommand PutOrder { get; } = new(
        connection,
        """
        INSERT INTO orders (order_id, client_order_id, deal_reference, system, epic, exec_state, deal_status, attempt, mt_created, mt_modified, document, on_filled, cancel_attempt, assumed_qty)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT (order_id) DO UPDATE SET exec_state = excluded.exec_state, deal_status = excluded.deal_status,
          attempt = excluded.attempt, mt_modified = excluded.mt_modified, document = excluded.document, on_filled = excluded.on_filled,
          cancel_attempt = excluded.cancel_attempt, assumed_qty = excluded.assumed_qty
        """);

    public PreparedCommand PutOrderChange { get; } = new(
        connection,
        "INSERT INTO order_changes (order_id, number, mt_created, exec_state, deal_status, note, latency_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)");

    public PreparedCommand PutFill { get; } = new(
        connection,
        """
        INSERT INTO fills (fill_id, deal_reference, epic, qty, price, pnl, frame, at, moved, closed_qty, entry_price, entry_frame)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """);

    public PreparedCommand PutPosition { get; } = new(
        connection, "INSERT INTO positions (epic, document) VALUES ($1, $2) ON CONFLICT (epic) DO UPDATE SET document = excluded.document");

    public PreparedCommand DeletePosition { get; } = new(connection, "DELETE FROM positions WHERE epic = $1");

    public PreparedCommand PutFrame { get; } = new(
        connection, "INSERT OR REPLACE INTO frames (signal_id, frame, open, high, low, close, volume) VALUES ($1, $2, $3, $4, $5, $6, $7)");

    public PreparedCommand DropFrame { get; } = new(connection, "DELETE FROM frames WHERE signal_id = $1 AND frame = $2");

    public PreparedCommand DropFrames { get; } = new(connection, "DELETE FROM frames WHERE signal_id = $1");

    public PreparedCommand PutFeed { get; } = new(
        connection, "INSERT INTO feeds (signal_id, document) VALUES ($1, $2) ON CONFLICT (signal_id) DO UPDATE SET document = excluded.document");

    public PreparedCommand DropFeed { get; } = new(connection, "DELETE FROM feeds WHERE signal_id = $1");

    public PreparedCommand PutEquityDay { get; } = new(
        connection,
        "INSERT OR REPLACE INTO equity_days (date, start_equity, end_equity, peak, low, max_drawdown) VALUES ($1, $2, $3, $4, $5, $6)");

    public SystemCommands Systems { get; } = new(connection);

    public EventCommands Events { get; } = new(connection);

    public BarCommands Bars { get; } = new(connection);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this folder, no outside text.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Systems.Dispose();
        Events.Dispose();
        Bars.Dispose();
        foreach (var command in new[]
        {
            PutAccount, PutSignal, DeleteSignal, PutOrder, PutOrderChange, PutFill, PutPosition, DeletePosition,
            PutFrame, DropFrame, DropFrames, PutFeed, DropFeed, PutEquityDay, BeatLease, Begin, Commit, Rollback,
        })
        {
            command.Dispose();
        }
    }
}
