using System.Data.Common;
using MaoTrade.Engine.Persistence;
using MySqlConnector;

namespace MaoTrade.Engine.Production;

/// <summary>Reads beside the trade loop on connections of a pool, so that one the server closed is replaced unseen.</summary>
internal sealed class MySqlReader(string connectionString) : IStoreReader
{
    /// <summary>All rows of a query on an open connection.</summary>
    public static List<T> Read<T>(MySqlConnection connection, string sql, Func<DbDataReader, T> map, ReadOnlySpan<object> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = MySqlText.Of(sql);
        MySqlText.Add(command.Parameters, values);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(map(row));
        }

        return rows;
    }

    public List<T> Read<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object> values)
    {
        try
        {
            using var connection = new MySqlConnection(connectionString);
            connection.Open();
            return Read(connection, sql, map, values);
        }
        catch (Exception exception) when (MySqlFault.IsLost(exception))
        {
            throw new MySqlFault(exception);
        }
    }

    public void Dispose()
    {
        // The pool is the process's own and empties itself.
    }
}
