using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Testing.Simulation;

/// <summary>
/// The rows a restart needs, in memory. What it gives back has been through the database's JSON, so that a resume meets
/// what a killed engine would.
/// </summary>
internal sealed class MemoryStore : IEngineStore
{
    /// <summary>Ended orders and applied fills given back: this broker repeats nothing, so a few are plenty.</summary>
    private const int Latest = 16;

    private readonly Dictionary<string, Order> _open = [];
    private readonly Queue<Order> _ended = new();
    private readonly Queue<string> _fills = new();
    private readonly Dictionary<string, Position> _positions = [];
    private readonly Dictionary<string, Signal> _signals = [];
    private readonly Dictionary<string, SystemSnapshot> _systemStates = [];
    private readonly Dictionary<string, FrameRing> _frames = [];
    private readonly Dictionary<(string Area, string Name, SeriesKind Kind), List<ChartPoint>> _chart = [];
    private TradingState? _account;
    private bool _holdsAllOrders = true;

    /// <summary>All points of the systems' charts, none dropped; for the result alone, a restart has no need of them.</summary>
    public IReadOnlyDictionary<(string Area, string Name, SeriesKind Kind), List<ChartPoint>> Chart => _chart;

    public StoredState Load() => new(
        _account is null ? null : Stored(StoredAccount.Of(_account), StoreJson.Default.StoredAccount),
        [.. _ended.Concat(_open.Values).Select(Restored)], _holdsAllOrders,
        [.. _positions.Values.Select(position => Stored(position, StoreJson.Default.Position))],
        [.. _signals.Values.Select(signal => Stored(signal, StoreJson.Default.Signal))],
        [.. _fills], _systemStates.ToDictionary(row => row.Key, row => row.Value.Document),
        _frames.ToDictionary(row => row.Key, row => row.Value.ToList()));

    public void Commit(IReadOnlyList<ChangeSet> changes, TradingState state)
    {
        _account = state;
        for (var i = 0; i < changes.Count; i++)
        {
            Write(changes[i]);
        }
    }

    /// <summary>The same rows once more.</summary>
    public MemoryStore Fork()
    {
        var fork = new MemoryStore { _account = _account, _holdsAllOrders = _holdsAllOrders };
        Copy(_open, fork._open);
        Copy(_positions, fork._positions);
        Copy(_signals, fork._signals);
        foreach (var (signalId, snapshot) in _systemStates)
        {
            // The system goes on: its text is made now.
            fork._systemStates.Add(signalId, new SystemSnapshot(snapshot.Document));
        }

        foreach (var (signalId, frames) in _frames)
        {
            fork._frames.Add(signalId, frames.Copy());
        }

        foreach (var order in _ended)
        {
            fork._ended.Enqueue(order);
        }

        foreach (var fill in _fills)
        {
            fork._fills.Enqueue(fill);
        }

        return fork;
    }

    public Order? FindByClientId(string clientOrderId) =>
        _open.Values.Concat(_ended).FirstOrDefault(order => order.ClientOrderId == clientOrderId);

    public IReadOnlyList<Order> ListOrders(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit) =>
        throw new NotSupportedException("a system test has no clients that ask for orders");

    public void Dispose()
    {
    }

    private void Write(ChangeSet rows)
    {
        foreach (var (signalId, frame, keep) in rows.Frames)
        {
            RingOf(signalId, keep).Add(frame);
        }

        foreach (var (_, (order, _)) in rows.Orders)
        {
            Write(order);
        }

        foreach (var fill in rows.Fills)
        {
            Keep(_fills, fill.FillId);
        }

        foreach (var (_, change) in rows.Chart)
        {
            Draw(change);
        }

        Put(rows.Positions, _positions);
        Put(rows.Signals, _signals);
        Put(rows.SystemStates!, _systemStates);
        foreach (var signalId in rows.DroppedFrames)
        {
            _frames.Remove(signalId);
        }
    }

    private void Draw(ChartChange change)
    {
        var key = (change.Series.Area, change.Series.Name, change.Series.Kind);
        if (!_chart.TryGetValue(key, out var points))
        {
            _chart[key] = points = [];
        }

        points.Add(change.Point);
    }

    private FrameRing RingOf(string signalId, int keep)
    {
        if (!_frames.TryGetValue(signalId, out var ring))
        {
            _frames[signalId] = ring = new FrameRing(keep);
        }

        return ring;
    }

    private void Write(Order order)
    {
        if (!order.IsEnded)
        {
            _open[order.OrderId] = order;
            return;
        }

        _open.Remove(order.OrderId);
        _holdsAllOrders &= !Keep(_ended, order);
    }

    /// <summary>True when an older one had to go.</summary>
    private static bool Keep<T>(Queue<T> latest, T one)
    {
        latest.Enqueue(one);
        return latest.Count > Latest && latest.TryDequeue(out _);
    }

    private static void Put<T>(RowMap<T?> rows, Dictionary<string, T> table)
        where T : class
    {
        foreach (var (key, row) in rows)
        {
            if (row is null)
            {
                table.Remove(key);
            }
            else
            {
                table[key] = row;
            }
        }
    }

    private static void Copy<T>(Dictionary<string, T> from, Dictionary<string, T> to)
    {
        foreach (var (key, row) in from)
        {
            to.Add(key, row);
        }
    }

    private static Order Restored(Order order) => Stored(order, StoreJson.Default.Order) with
    {
        Attempt = order.Attempt,
        OnFilled = order.OnFilled is null ? null : Stored(order.OnFilled, StoreJson.Default.TradeIntent),
    };

    private static T Stored<T>(T row, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(JsonSerializer.Serialize(row, type), type)!;
}
