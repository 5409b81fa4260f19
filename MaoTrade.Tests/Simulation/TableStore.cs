using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Simulation;

/// <summary>The tables of an account in memory: what survives the engine.</summary>
public sealed class TableStore : IEngineStore
{
    private readonly SortedDictionary<string, Order> _orders = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Position> _positions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Signal> _signals = new(StringComparer.Ordinal);
    private readonly List<string> _fills = [];
    private readonly Dictionary<string, string> _states = [];
    private readonly Dictionary<string, List<Frame>> _frames = [];
    private readonly Dictionary<string, FeedMark> _feeds = [];
    private StoredAccount? _account;

    /// <summary>Every order there is, by deal reference.</summary>
    public Dictionary<string, Order> ByReference { get; } = [];

    /// <summary>Told of every order that is stored, with what was stored of it before.</summary>
    public Action<Order?, Order>? Stored { get; set; }

    public StoredState Load() => new(
        _account, [.. _orders.Values], true, [.. _positions.Values], [.. _signals.Values], [.. _fills],
        _states.ToDictionary(), _frames.ToDictionary(f => f.Key, f => (IReadOnlyList<Frame>)[.. f.Value]))
    {
        Feeds = _feeds.ToDictionary(),
    };

    public void Commit(IReadOnlyList<ChangeSet> changes, TradingState state)
    {
        foreach (var change in changes)
        {
            Apply(change);
        }

        _account = StoredAccount.Of(state);
    }

    public Order? FindByClientId(string clientOrderId) => _orders.Values.FirstOrDefault(o => o.ClientOrderId == clientOrderId);

    public IReadOnlyList<Order> ListOrders(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit) => [.. _orders.Values];

    public void Dispose()
    {
        // Nothing to let go.
    }

    private void Apply(ChangeSet change)
    {
        foreach (var (order, _) in change.Orders.Values)
        {
            Stored?.Invoke(_orders.GetValueOrDefault(order.OrderId), order);
            _orders[order.OrderId] = order;
            ByReference[order.DealReference] = order;
        }

        _fills.AddRange(change.Fills.Select(f => f.FillId));
        foreach (var (epic, position) in change.Positions)
        {
            Put(_positions, epic, position);
        }

        foreach (var (id, signal) in change.Signals)
        {
            Put(_signals, id, signal);
        }

        foreach (var id in change.DroppedFrames)
        {
            _frames.Remove(id);
            _feeds.Remove(id);
        }

        foreach (var (id, frame, keep) in change.Frames)
        {
            if (!_frames.TryGetValue(id, out var frames))
            {
                _frames[id] = frames = [];
            }

            frames.Add(frame);
            frames.RemoveRange(0, Math.Max(0, frames.Count - keep));
        }

        foreach (var (id, mark) in change.Feeds)
        {
            _feeds[id] = mark;
        }

        foreach (var (id, snapshot) in change.SystemStates)
        {
            _states[id] = snapshot.Document;
        }
    }

    private static void Put<T>(SortedDictionary<string, T> table, string key, T? value)
        where T : class
    {
        if (value is null)
        {
            table.Remove(key);
        }
        else
        {
            table[key] = value;
        }
    }
}
