using System.Data.Common;
using System.Text.Json;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Persistence;

/// <summary>Orders from their rows.</summary>
internal static class OrderRows
{
    public const string Columns = "order_id, document, attempt, on_filled, cancel_attempt, assumed_qty";

    /// <summary>From <see cref="Columns"/>.</summary>
    public static Order Read(DbDataReader row) =>
        JsonSerializer.Deserialize(row.GetString(1), StoreJson.Default.Order)! with
        {
            Attempt = row.GetInt32(2),
            OnFilled = row.IsDBNull(3) ? null : JsonSerializer.Deserialize(row.GetString(3), StoreJson.Default.TradeIntent),
            CancelAttempt = row.GetInt32(4),
            AssumedQty = decimal.Parse(row.GetString(5)),
        };

    /// <summary>The orders with their steps.</summary>
    public static List<Order> WithChanges(IStoreReader store, List<Order> orders)
    {
        var steps = store
            .Read(
                "SELECT order_id, mt_created, exec_state, deal_status, note, latency_ms FROM order_changes WHERE order_id >= $1 ORDER BY order_id, number",
                row => (OrderId: row.GetString(0), Step: Step(row)),
                orders.Min(o => o.OrderId)!)
            .GroupBy(row => row.OrderId, row => row.Step, StringComparer.Ordinal)
            .ToDictionary(order => order.Key, order => order.ToArray(), StringComparer.Ordinal);
        return orders.ConvertAll(o => steps.TryGetValue(o.OrderId, out var list) ? o with { Changes = [.. list] } : o);
    }

    private static OrderChange Step(DbDataReader row) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), (OrderExecState)row.GetInt32(2), (DealStatus)row.GetInt32(3), row.GetString(4))
    {
        LatencyMs = row.GetDouble(5),
    };
}
