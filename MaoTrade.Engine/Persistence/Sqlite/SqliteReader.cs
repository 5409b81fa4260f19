using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence.Sqlite;

/// <summary>Reads on a connection of its own, one reader at a time; each query is compiled once.</summary>
internal sealed class SqliteReader(SqliteConnection connection) : IStoreReader
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>A connection that cannot write.</summary>
    public static SqliteReader Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        SqliteStoreConnection.Execute(connection, "PRAGMA query_only=ON; PRAGMA busy_timeout=5000");
        return new SqliteReader(connection);
    }

    public List<T> Read<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object> values)
    {
        lock (_lock)
        {
            if (!_commands.TryGetValue(sql, out var command))
            {
                _commands[sql] = command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the store, no outside text.
                command.CommandText = sql;
#pragma warning restore CA2100
            }

            command.Parameters.Clear();
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue($"${i + 1}", values[i]);
            }

            using var row = command.ExecuteReader();
            var rows = new List<T>();
            while (row.Read())
            {
                rows.Add(map(row));
            }

            return rows;
        }
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}
