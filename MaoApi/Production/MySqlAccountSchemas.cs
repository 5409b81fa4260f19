using System.Net.Sockets;
using MaoApi.Pods;
using MySqlConnector;

namespace MaoApi.Production;

/// <summary>Schemas and users of accounts on a MySQL or MariaDB server. No statement that makes one takes parameters: names and password are letters and digits.</summary>
internal sealed class MySqlAccountSchemas(EngineDatabaseOptions options) : IAccountSchemas
{
    private const uint Seconds = 10;

    public async Task EnsureAsync(string schema, string user, string password, CancellationToken cancellationToken)
    {
        // In a right _ stands for any letter: unescaped, the user of mt_a_b could use mt_acb.
        var pattern = schema.Replace("_", @"\_", StringComparison.Ordinal);
        string[] statements =
        [
            $"CREATE DATABASE IF NOT EXISTS `{schema}` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            $"CREATE USER IF NOT EXISTS '{user}'@'%' IDENTIFIED BY '{password}'",
            $"ALTER USER '{user}'@'%' IDENTIFIED BY '{password}'",
            $"GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX ON `{pattern}`.* TO '{user}'@'%'",
        ];
        try
        {
            await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder
            {
                Server = options.Host,
                Port = (uint)options.Port,
                UserID = options.AdminUser,
                Password = options.AdminPassword,
                Pooling = false,
                ConnectionTimeout = Seconds,
                DefaultCommandTimeout = Seconds,
            }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            foreach (var sql in statements)
            {
                await using var command = new MySqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch (MySqlException refusal) when (refusal.SqlState is { Length: > 0 })
        {
            throw PodDriverException.Refused(
                $"The trading database server {options.Host}:{options.Port} does not let {options.AdminUser} make {schema} and its user: {refusal.Message}");
        }
        catch (Exception fault) when (fault is MySqlException or SocketException or IOException or TimeoutException or InvalidOperationException)
        {
            throw PodDriverException.Away($"The trading database server {options.Host}:{options.Port} does not answer: {fault.Message}", fault);
        }
    }
}
