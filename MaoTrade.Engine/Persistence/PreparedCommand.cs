using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>A statement with numbered parameters $1, $2 …, compiled once.</summary>
internal sealed class PreparedCommand : IDisposable
{
    private readonly SqliteCommand _command;

    public PreparedCommand(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this folder, no outside text.
        _command.CommandText = sql;
#pragma warning restore CA2100
        for (var number = 1; sql.Contains($"${number}", StringComparison.Ordinal); number++)
        {
            _command.Parameters.Add(new SqliteParameter($"${number}", null));
        }

        _command.Prepare();
    }

    /// <summary>Runs it; how many rows it changed.</summary>
    public int Run(SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        _command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i];
        }

        return _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();
}
