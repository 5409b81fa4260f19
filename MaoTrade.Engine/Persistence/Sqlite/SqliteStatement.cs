using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MaoTrade.Engine.Persistence.Sqlite;

/// <summary>
/// A statement compiled once and run through SQLite's own interface: for short statements ADO.NET costs more than the
/// statement. Owned by the trade loop.
/// </summary>
internal sealed class SqliteStatement : IStoreStatement
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public void Run(params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(Bind(i + 1, values[i]));
        }

        var result = raw.sqlite3_step(_statement);
        if (result != raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(_statement);
            Check(result);
        }

        Check(raw.sqlite3_reset(_statement));
    }

    public int Count(params ReadOnlySpan<object> values)
    {
        Run(values);
        return raw.sqlite3_changes(_database);
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int number, object value) => value switch
    {
        string text => raw.sqlite3_bind_text(_statement, number, text),
        byte[] text => raw.sqlite3_bind_text(_statement, number, text),
        int integer => raw.sqlite3_bind_int(_statement, number, integer),
        long integer => raw.sqlite3_bind_int64(_statement, number, integer),
        double real => raw.sqlite3_bind_double(_statement, number, real),
        DBNull => raw.sqlite3_bind_null(_statement, number),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be stored", nameof(value)),
    };

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
