using Microsoft.Data.Sqlite;

namespace MaoApi.Logs;

/// <summary>
/// The tables of the embedded log store. The words of message and stack trace are indexed beside the table, not stored a second time.
/// </summary>
internal static class SqliteLogSchema
{
    private const int Version = 1;

    private const string Tables =
        """
        CREATE TABLE logs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            timestamp INTEGER NOT NULL,
            severity INTEGER NOT NULL,
            app TEXT NOT NULL,
            mtaccount TEXT NOT NULL,
            compname TEXT NOT NULL,
            module TEXT NOT NULL,
            funcName TEXT NULL,
            lineno INTEGER NULL,
            levelName TEXT NOT NULL,
            thread TEXT NULL,
            topic TEXT NULL,
            topicId TEXT NULL,
            message TEXT NOT NULL,
            stacktrace TEXT NULL,
            fileLog TEXT NULL,
            rid TEXT NULL,
            event TEXT NULL);
        CREATE INDEX ix_logs_timestamp ON logs (timestamp);
        CREATE INDEX ix_logs_mtaccount ON logs (mtaccount, timestamp);
        CREATE INDEX ix_logs_rid ON logs (rid) WHERE rid IS NOT NULL;
        CREATE INDEX ix_logs_severity ON logs (severity, timestamp) WHERE severity > 1;
        CREATE VIRTUAL TABLE logs_words USING fts5 (message, stacktrace, content = 'logs', content_rowid = 'id');
        CREATE TRIGGER logs_inserted AFTER INSERT ON logs BEGIN
            INSERT INTO logs_words (rowid, message, stacktrace) VALUES (new.id, new.message, new.stacktrace);
        END;
        CREATE TRIGGER logs_deleted AFTER DELETE ON logs BEGIN
            INSERT INTO logs_words (logs_words, rowid, message, stacktrace) VALUES ('delete', old.id, old.message, old.stacktrace);
        END;
        CREATE TABLE positions (file TEXT PRIMARY KEY, offset INTEGER NOT NULL, in_long_line INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>Creates the tables where they are missing; all of them or none.</summary>
    public static void Ensure(SqliteConnection connection)
    {
        Execute(connection, null, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        using var transaction = connection.BeginTransaction();
        using var question = connection.CreateCommand();
        question.Transaction = transaction;
        question.CommandText = "PRAGMA user_version";
        if ((long)question.ExecuteScalar()! == 0)
        {
            Execute(connection, transaction, $"{Tables} PRAGMA user_version = {Version};");
        }

        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
