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

    public IReadOnlyList<Trade> LatestTrades(int limit)
    {
        lock (_lock)
        {
            using var command = _connection.CreateCommand();
            command.CommandText =
                """
                SELECT f.fill_id, o.order_id, f.epic, json_extract(o.document, '$.system'), json_extract(o.document, '$.signalId'),
                  f.frame, f.price, f.pnl, f.at, f.moved, f.closed_qty, f.entry_price, f.entry_frame
                FROM fills f LEFT JOIN orders o ON o.deal_reference = f.deal_reference
                WHERE f.closed_qty IS NOT NULL ORDER BY f.rowid DESC LIMIT $limit
                """;
            command.Parameters.AddWithValue("$limit", limit);
            using var reader = command.ExecuteReader();
            var trades = new List<Trade>();
            while (reader.Read())
            {
                trades.Add(ReadTrade(reader));
            }

            trades.Reverse();
            return trades;
        }
    }

    public void Dispose()
    {
        _byClientId.Dispose();
        _connection.Dispose();
    }

    private static Trade ReadTrade(SqliteDataReader row)
    {
        var isLong = row.GetString(9).StartsWith('-');
        var (price, qty, entry) = (decimal.Parse(row.GetString(6)), decimal.Parse(row.GetString(10)), decimal.Parse(row.GetString(11)));
        return new Trade(
            row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), row.IsDBNull(3) ? "" : row.GetString(3),
            row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(12), row.GetInt64(5), isLong ? OrderOpType.Buy : OrderOpType.Sell, qty,
            entry, price, 0, row.IsDBNull(7) ? (isLong ? price - entry : entry - price) * qty : decimal.Parse(row.GetString(7)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)));
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
