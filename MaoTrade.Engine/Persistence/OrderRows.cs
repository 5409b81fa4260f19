using System.Text.Json;
using MaoTrade.Engine.Orders;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>Orders from their rows.</summary>
internal static class OrderRows
{
    public const string Columns = "order_id, document, attempt, on_filled, cancel_attempt, assumed_qty";

    /// <summary>From <see cref="Columns"/>.</summary>
    public static Order Read(SqliteDataReader row) =>
        JsonSerializer.Deserialize(row.GetString(1), StoreJson.Default.Order)! with
        {
            Attempt = row.GetInt32(2),
            OnFilled = row.IsDBNull(3) ? null : JsonSerializer.Deserialize(row.GetString(3), StoreJson.Default.TradeIntent),
            CancelAttempt = row.GetInt32(4),
            AssumedQty = decimal.Parse(row.GetString(5)),
        };

    /// <summary>The orders with their steps.</summary>
    public static List<Order> WithChanges(SqliteConnection connection, List<Order> orders)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT order_id, mt_created, exec_state, deal_status, note, latency_ms FROM order_changes WHERE order_id >= $first ORDER BY order_id, number";
        command.Parameters.AddWithValue("$first", orders.Min(o => o.OrderId));
        using var reader = command.ExecuteReader();
        var steps = new Dictionary<string, List<OrderChange>>();
        while (reader.Read())
        {
            var id = reader.GetString(0);
            if (!steps.TryGetValue(id, out var list))
            {
                steps[id] = list = [];
            }

            list.Add(new OrderChange(
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), (OrderExecState)reader.GetInt32(2),
                (DealStatus)reader.GetInt32(3), reader.GetString(4))
            {
                LatencyMs = reader.GetDouble(5),
            });
        }

        return orders.ConvertAll(o => steps.TryGetValue(o.OrderId, out var list) ? o with { Changes = [.. list] } : o);
    }
}
