using MaoTrade.Engine.Orders;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>Orders of any age, read beside the trade loop. Thread-safe: one reader at a time.</summary>
internal sealed class OrderHistory : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _byClientId;

    public OrderHistory(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        StoreCommands.Execute(_connection, "PRAGMA query_only=ON; PRAGMA busy_timeout=5000");
        _byClientId = _connection.CreateCommand();
        _byClientId.CommandText = $"SELECT {OrderRows.Columns} FROM orders WHERE client_order_id = $id";
        _byClientId.Parameters.Add(new SqliteParameter("$id", null));
    }

    public Order? FindByClientId(string clientOrderId)
    {
        lock (_lock)
        {
            _byClientId.Parameters[0].Value = clientOrderId;
            return Read(_byClientId).FirstOrDefault();
        }
    }

    public IReadOnlyList<Order> List(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit)
    {
        lock (_lock)
        {
            using var command = _connection.CreateCommand();
            command.CommandText =
                $"""
                SELECT {OrderRows.Columns} FROM orders
                WHERE mt_created >= $from AND mt_created < $to AND order_id > $cursor ORDER BY order_id LIMIT $limit
                """;
            command.Parameters.AddWithValue("$from", (from ?? DateTimeOffset.MinValue).ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$to", (to ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$cursor", cursor ?? "");
            command.Parameters.AddWithValue("$limit", limit);
            return Read(command);
        }
    }

    public void Dispose()
    {
        _byClientId.Dispose();
        _connection.Dispose();
    }

    private List<Order> Read(SqliteCommand command)
    {
        var orders = new List<Order>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                orders.Add(OrderRows.Read(reader));
            }
        }

        return orders.Count == 0 ? orders : OrderRows.WithChanges(_connection, orders);
    }
}
