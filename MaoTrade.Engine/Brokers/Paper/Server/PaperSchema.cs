namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Tables of the broker's database; amounts are text, times Unix seconds unless the name says otherwise.</summary>
internal static class PaperSchema
{
    public const string Text =
        """
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=NORMAL;
        PRAGMA wal_autocheckpoint=4000;
        CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS account (
            id TEXT PRIMARY KEY, cash TEXT NOT NULL, next_event INTEGER NOT NULL, next_deal INTEGER NOT NULL,
            next_fill INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS stream (
            account TEXT NOT NULL, epic TEXT NOT NULL, time_frame INTEGER NOT NULL, next INTEGER NOT NULL, bars INTEGER NOT NULL,
            opened INTEGER NOT NULL, worked INTEGER NOT NULL, ended INTEGER NOT NULL, last_frame INTEGER, last_bid TEXT, last_ask TEXT,
            ordinal INTEGER NOT NULL, PRIMARY KEY (account, epic)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS position (
            account TEXT NOT NULL, epic TEXT NOT NULL, qty TEXT NOT NULL, avg_price TEXT NOT NULL, opened_at INTEGER NOT NULL,
            stop_price TEXT, limit_price TEXT, armed_from_bar INTEGER NOT NULL, deal_ids TEXT NOT NULL,
            PRIMARY KEY (account, epic)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS orders (
            account TEXT NOT NULL, number INTEGER NOT NULL, reference TEXT NOT NULL, deal_id TEXT NOT NULL, epic TEXT NOT NULL,
            action INTEGER NOT NULL, op_type INTEGER NOT NULL, order_type INTEGER NOT NULL, qty TEXT NOT NULL, price TEXT,
            stop_price TEXT, limit_price TEXT, state INTEGER NOT NULL, margin TEXT NOT NULL, after_bar INTEGER NOT NULL,
            at_ms INTEGER NOT NULL, error_code INTEGER NOT NULL, message TEXT NOT NULL, PRIMARY KEY (account, number)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS orders_reference ON orders (account, reference);
        CREATE INDEX IF NOT EXISTS orders_state ON orders (account, state);
        CREATE TABLE IF NOT EXISTS fill (
            account TEXT NOT NULL, number INTEGER NOT NULL, fill TEXT NOT NULL, visible_ms INTEGER NOT NULL,
            PRIMARY KEY (account, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS event (
            account TEXT NOT NULL, id INTEGER NOT NULL, epic TEXT, frame BLOB NOT NULL, PRIMARY KEY (account, id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS ledger (n INTEGER PRIMARY KEY, line TEXT NOT NULL);
        """;
}
