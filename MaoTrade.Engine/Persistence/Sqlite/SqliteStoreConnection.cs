using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MaoTrade.Engine.Persistence.Sqlite;

/// <summary>The connection that writes.</summary>
internal sealed class SqliteStoreConnection : IStoreConnection
{
    private readonly SqliteConnection _connection;
    private readonly SqliteReader _reader;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;

    public SqliteStoreConnection(string connectionString, TimeSpan patience, StatementLog? statements)
    {
        _connection = new SqliteConnection(connectionString);
        try
        {
            _connection.Open();
            statements?.Follow(_connection);
            Execute(_connection, $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout={(int)patience.TotalMilliseconds}");

            // Takes the writer's place at once: a transaction that begins can end.
            _begin = new SqliteStatement(_connection, "BEGIN IMMEDIATE");
            _commit = new SqliteStatement(_connection, "COMMIT");
            _rollback = new SqliteStatement(_connection, "ROLLBACK");
            _reader = new SqliteReader(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this folder, no outside text.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public IStoreStatement Prepare(string sql) => new SqliteStatement(_connection, sql);

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) != 0)
        {
            return;
        }

        try
        {
            _rollback.Run();
        }
        catch (SqliteException)
        {
            // What failed before is said; a connection that is closed undoes it too.
        }
    }

    public List<T> Read<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object> values) => _reader.Read(sql, map, values);

    public bool HasTable(string name) =>
        Read("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1", row => row.GetInt64(0), name)[0] == 1;

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _reader.Dispose();
    }
}
