using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>A prepared statement with numbered parameters.</summary>
internal sealed class PaperStatement
{
    public static readonly string[] Names = [.. Enumerable.Range(1, 18).Select(i => "$" + i.ToString(CultureInfo.InvariantCulture))];

    private readonly SqliteCommand _command;

    public PaperStatement(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = Names[i] });
        }
    }

    public void Run(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        _command.ExecuteNonQuery();
    }
}
