namespace MaoTrade.Engine.Persistence;

/// <summary>The prepared statements of <see cref="EngineStore"/>.</summary>
internal sealed class StoreCommands(IStoreConnection connection, StoreSql sql) : IDisposable
{
    public IStoreStatement PutAccount { get; } = connection.Prepare(sql.Upsert("account", ["id", "document"]));

    public IStoreStatement BeatLease { get; } = connection.Prepare("UPDATE lease SET beat = beat + 1 WHERE id = 1 AND holder = $1");

    public IStoreStatement PutSignal { get; } = connection.Prepare(
        "REPLACE INTO operazioni (signal_id, epic, state, document) VALUES ($1, $2, $3, $4)");

    public IStoreStatement DeleteSignal { get; } = connection.Prepare("DELETE FROM operazioni WHERE signal_id = $1");

    public IStoreStatement PutOrder { get; } = connection.Prepare(sql.Upsert(
        "orders",
        [
            "order_id", "client_order_id", "deal_reference", "`system`", "epic", "exec_state", "deal_status", "attempt", "mt_created",
            "mt_modified", "document", "on_filled", "cancel_attempt", "assumed_qty",
        ],
        kept: ["client_order_id", "deal_reference", "`system`", "epic", "mt_created"]));

    public IStoreStatement PutOrderChange { get; } = connection.Prepare(
        "INSERT INTO order_changes (order_id, number, mt_created, exec_state, deal_status, note, latency_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)");

    public IStoreStatement PutFill { get; } = connection.Prepare(
        """
        INSERT INTO fills (fill_id, deal_reference, epic, qty, price, pnl, frame, at, moved, closed_qty, entry_price, entry_frame)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """);

    public IStoreStatement PutPosition { get; } = connection.Prepare(sql.Upsert("positions", ["epic", "document"]));

    public IStoreStatement DeletePosition { get; } = connection.Prepare("DELETE FROM positions WHERE epic = $1");

    public IStoreStatement PutFrame { get; } = connection.Prepare(
        "REPLACE INTO frames (signal_id, frame, open, high, low, close, volume) VALUES ($1, $2, $3, $4, $5, $6, $7)");

    public IStoreStatement DropFrame { get; } = connection.Prepare("DELETE FROM frames WHERE signal_id = $1 AND frame = $2");

    public IStoreStatement DropFrames { get; } = connection.Prepare("DELETE FROM frames WHERE signal_id = $1");

    public IStoreStatement PutFeed { get; } = connection.Prepare(sql.Upsert("feeds", ["signal_id", "document"]));

    public IStoreStatement DropFeed { get; } = connection.Prepare("DELETE FROM feeds WHERE signal_id = $1");

    public IStoreStatement PutEquityDay { get; } = connection.Prepare(
        "REPLACE INTO equity_days (date, start_equity, end_equity, peak, low, max_drawdown) VALUES ($1, $2, $3, $4, $5, $6)");

    public IStoreStatement RaiseSequence { get; } = connection.Prepare(
        "UPDATE live SET first = CASE WHEN $1 > first + $2 THEN $1 ELSE first + $2 END WHERE id = 1");

    public SystemCommands Systems { get; } = new(connection, sql);

    public EventCommands Events { get; } = new(connection);

    public BarCommands Bars { get; } = new(connection);

    public void Dispose()
    {
        Systems.Dispose();
        Events.Dispose();
        Bars.Dispose();
        foreach (var command in new[]
        {
            PutAccount, PutSignal, DeleteSignal, PutOrder, PutOrderChange, PutFill, PutPosition, DeletePosition,
            PutFrame, DropFrame, DropFrames, PutFeed, DropFeed, PutEquityDay, BeatLease, RaiseSequence,
        })
        {
            command.Dispose();
        }
    }
}
