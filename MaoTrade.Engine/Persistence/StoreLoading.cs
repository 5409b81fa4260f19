using System.Data.Common;
using System.Text.Json;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Trading;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Persistence;

/// <summary>Reads what an engine needs to go on.</summary>
internal sealed class StoreLoading(IStoreReader store, int latestOrders)
{
    public StoredState Load() => new(
        store.Read("SELECT document FROM account WHERE id = 1", row => JsonSerializer.Deserialize(row.GetString(0), StoreJson.Default.StoredAccount)!).FirstOrDefault(),
        LoadOrders(),
        store.Read("SELECT count(*) FROM orders", row => row.GetInt64(0))[0] <= latestOrders,
        store.Read("SELECT document FROM positions", row => JsonSerializer.Deserialize(row.GetString(0), StoreJson.Default.Position)!),
        store.Read("SELECT document FROM operazioni", row => JsonSerializer.Deserialize(row.GetString(0), StoreJson.Default.Signal)!),
        store.Read($"SELECT fill_id FROM fills ORDER BY rowid DESC LIMIT {TradingState.FillIdsKept}", row => row.GetString(0)),
        store.Read("SELECT signal_id, document FROM system_states", row => (row.GetString(0), row.GetString(1)))
            .ToDictionary(row => row.Item1, row => row.Item2),
        store.Read("SELECT signal_id, frame, open, high, low, close, volume FROM frames ORDER BY signal_id, frame", row => (row.GetString(0), Frame(row)))
            .GroupBy(row => row.Item1, row => row.Item2)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<Frame>)[.. group]))
    {
        Feeds = store.Read(
            "SELECT signal_id, document FROM feeds",
            row => (row.GetString(0), JsonSerializer.Deserialize(row.GetString(1), StoreJson.Default.FeedMark)!))
            .ToDictionary(row => row.Item1, row => row.Item2),
        Moved = store.Read("SELECT epic, sum(CAST(moved AS DOUBLE)) FROM fills GROUP BY epic", row => (row.GetString(0), (decimal)row.GetDouble(1)))
            .ToDictionary(row => row.Item1, row => row.Item2),
        Charts = store.Read(
                "SELECT signal_id, area, name, frame, value FROM chart_points ORDER BY signal_id, frame",
                row => (row.GetString(0), new StoredPoint(row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetDouble(4))))
            .GroupBy(row => row.Item1, row => row.Item2)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<StoredPoint>)[.. group]),
        Datastores = store.Read("SELECT signal_id, `key`, value FROM system_store", row => (row.GetString(0), row.GetString(1), row.GetString(2)))
            .GroupBy(row => row.Item1)
            .ToDictionary(
                group => group.Key, group => (IReadOnlyDictionary<string, string>)group.ToDictionary(row => row.Item2, row => row.Item3)),
    };

    private List<Order> LoadOrders()
    {
        const string Columns = $"SELECT {OrderRows.Columns} FROM orders";
        var ended = $"{(int)OrderExecState.Filled}, {(int)OrderExecState.Error}, {(int)OrderExecState.Cancelled}";
        var orders = store.Read($"{Columns} WHERE exec_state NOT IN ({ended})", OrderRows.Read)
            .Concat(store.Read($"{Columns} WHERE exec_state IN ({ended}) ORDER BY order_id DESC LIMIT {latestOrders}", OrderRows.Read))
            .ToList();
        return orders.Count == 0 ? orders : OrderRows.WithChanges(store, orders);
    }

    private static Frame Frame(DbDataReader row) => new(
        row.GetInt64(1), Number(row, 2), Number(row, 3), Number(row, 4), Number(row, 5), Number(row, 6));

    private static decimal Number(DbDataReader row, int column) => decimal.Parse(row.GetString(column));
}
