using System.Data.Common;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Persistence;

/// <summary>Orders of any age, read beside the trade loop. Thread-safe.</summary>
internal sealed class OrderHistory(IStoreReader store, StoreSql sql)
{
    private const string Page =
        $"""
        SELECT {OrderRows.Columns} FROM orders
        WHERE mt_created >= $1 AND mt_created < $2 AND order_id > $3 ORDER BY order_id LIMIT $4
        """;

    private readonly string _trades =
        $"""
        SELECT f.fill_id, o.order_id, f.epic, {sql.JsonText("o.document", "system")}, {sql.JsonText("o.document", "signalId")},
          f.frame, f.price, f.pnl, f.at, f.moved, f.closed_qty, f.entry_price, f.entry_frame
        FROM fills f LEFT JOIN orders o ON o.deal_reference = f.deal_reference
        WHERE f.closed_qty IS NOT NULL ORDER BY f.rowid DESC LIMIT $1
        """;

    public Order? FindByClientId(string clientOrderId) => WithChanges(
        store.Read($"SELECT {OrderRows.Columns} FROM orders WHERE client_order_id = $1", OrderRows.Read, clientOrderId)).FirstOrDefault();

    public IReadOnlyList<Order> List(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit) => WithChanges(store.Read(
        Page, OrderRows.Read, (from ?? DateTimeOffset.MinValue).ToUnixTimeMilliseconds(), (to ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds(),
        cursor ?? "", limit));

    public IReadOnlyList<Trade> LatestTrades(int limit)
    {
        var trades = store.Read(_trades, ReadTrade, limit);
        trades.Reverse();
        return trades;
    }

    private static Trade ReadTrade(DbDataReader row)
    {
        var isLong = row.GetString(9).StartsWith('-');
        var (price, qty, entry) = (decimal.Parse(row.GetString(6)), decimal.Parse(row.GetString(10)), decimal.Parse(row.GetString(11)));
        return new Trade(
            row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), row.IsDBNull(3) ? "" : row.GetString(3),
            row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(12), row.GetInt64(5), isLong ? OrderOpType.Buy : OrderOpType.Sell, qty,
            entry, price, 0, row.IsDBNull(7) ? (isLong ? price - entry : entry - price) * qty : decimal.Parse(row.GetString(7)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)));
    }

    private List<Order> WithChanges(List<Order> orders) => orders.Count == 0 ? orders : OrderRows.WithChanges(store, orders);
}
