using Microsoft.Data.Sqlite;

namespace MaoApi.Backups;

/// <summary>
/// Engines of a restored configuration wait: what they did after the back-up is known to their brokers alone, and somebody is to look at it
/// before they trade.
/// </summary>
internal static class StoppedEngines
{
    public static void Write(string database)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE mtpods SET op_mode = 'stopped', op_request = NULL, state = 'stopped', pod_id = NULL";
        command.ExecuteNonQuery();
    }
}
