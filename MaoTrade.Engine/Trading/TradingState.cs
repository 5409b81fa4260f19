using System.Collections.Immutable;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// Everything the engine knows of its account, as one immutable value: a snapshot costs a reference.
/// Only the trade loop makes new ones.
/// </summary>
public sealed record TradingState
{
    /// <summary>Ended orders kept in memory; older ones are read from the store when asked for.</summary>
    public const int EndedOrdersKept = 10_000;

    /// <summary>Fills remembered to drop repetitions, at least: far more than a broker delivers again.</summary>
    public const int FillIdsKept = 20_000;

    /// <summary>Number of the last commit.</summary>
    public long Version { get; init; }

    public EngineStage Stage { get; init; } = EngineStage.Starting;

    public required AccountConfig Config { get; init; }

    /// <summary>Orders by id (ids grow with time): all that are not ended, and the latest ended ones.</summary>
    public ImmutableSortedDictionary<string, Order> Orders { get; init; } =
        ImmutableSortedDictionary.Create<string, Order>(StringComparer.Ordinal);

    /// <summary>Ids of the orders that are not ended.</summary>
    public ImmutableSortedSet<string> OpenOrders { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Whether no ended order was left in the store alone.</summary>
    public bool HoldsAllOrders { get; init; } = true;

    /// <summary>Deal reference → order id.</summary>
    public ImmutableDictionary<string, string> ByReference { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Client order id → order id.</summary>
    public ImmutableDictionary<string, string> ByClientId { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableSortedDictionary<string, Position> Positions { get; init; } =
        ImmutableSortedDictionary.Create<string, Position>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, Signal> Signals { get; init; } =
        ImmutableSortedDictionary.Create<string, Signal>(StringComparer.Ordinal);

    /// <summary>Fills already applied.</summary>
    public ImmutableHashSet<string> FillIds { get; init; } = [];

    /// <summary>Fills applied before those.</summary>
    public ImmutableHashSet<string> EarlierFillIds { get; init; } = [];

    /// <summary>The trading day that runs; null before the first one.</summary>
    public DateOnly? TradingDay { get; init; }

    /// <summary>Where the broker's list of fills continues.</summary>
    public string? FillCursor { get; init; }

    public BrokerAccount? Account { get; init; }

    public DateTimeOffset? AccountAt { get; init; }

    public bool BrokerConnected { get; init; }

    /// <summary>What the broker can do, as of the last connect; null before the first one.</summary>
    public BrokerCapabilities? Capabilities { get; init; }

    /// <summary>The account is blocked: nothing opens until somebody releases it.</summary>
    public bool Blocked { get; init; }

    /// <summary>Why it is blocked; null when it is not.</summary>
    public string? BlockReason { get; init; }

    /// <summary>The kill switch was thrown: while blocked, everything that is open is closed.</summary>
    public bool Liquidates { get; init; }

    /// <summary>How often the broker's positions differed from ours.</summary>
    public long Drift { get; init; }

    /// <summary>Start of the last frame taken, Unix seconds; 0 = none yet.</summary>
    public long Frame { get; init; }

    /// <summary>When a frame was last taken, UTC.</summary>
    public DateTimeOffset? LastFrameAt { get; init; }

    /// <summary>The broker's time as of the last event.</summary>
    public DateTimeOffset MarketTime { get; init; }

    /// <summary>Epics whose market data is broken or stays away: nothing new is opened on them.</summary>
    public ImmutableHashSet<string> StaleEpics { get; init; } = [];

    /// <summary>The day's equity figures for the risk gate.</summary>
    public EquityDay? Equity { get; init; }

    /// <summary>Whether market data comes as it should.</summary>
    public bool HasFeed => BrokerConnected && LastFrameAt is not null && StaleEpics.IsEmpty;

    public int UnknownOrders => OpenOrders.Count(id => Orders[id].ExecState == OrderExecState.Unknown);

    public IEnumerable<Order> OpenOrdersOf(string epic) =>
        OpenOrders.IsEmpty ? [] : OpenOrders.Select(id => Orders[id]).Where(o => o.Epic == epic);

    public Signal? LiveSignalOf(string epic) => Signals.Values.FirstOrDefault(s => s.Epic == epic && s.IsLive);

    public Order? OrderByReference(string dealReference) =>
        ByReference.TryGetValue(dealReference, out var id) ? Orders[id] : null;

    /// <summary>Whether a fill is applied already.</summary>
    public bool HasFill(string fillId) => FillIds.Contains(fillId) || EarlierFillIds.Contains(fillId);

    /// <summary>The state without the ended orders and the fills that a new process would not load either.</summary>
    public TradingState WithoutOldest()
    {
        var state = FillIds.Count < FillIdsKept ? this : this with { FillIds = [], EarlierFillIds = FillIds };
        var surplus = Orders.Count - OpenOrders.Count - EndedOrdersKept;
        if (surplus <= 0)
        {
            return state;
        }

        var old = Orders.Values.Where(order => order.IsEnded).Take(surplus).ToArray();
        return state with
        {
            Orders = Orders.RemoveRange(old.Select(order => order.OrderId)),
            ByReference = ByReference.RemoveRange(old.Select(order => order.DealReference)),
            ByClientId = ByClientId.RemoveRange(old.Select(order => order.ClientOrderId).OfType<string>()),
            HoldsAllOrders = false,
        };
    }

    /// <summary>The state with an order put in or replaced.</summary>
    public TradingState With(Order order) => this with
    {
        Orders = Orders.SetItem(order.OrderId, order),
        OpenOrders = order.IsEnded ? OpenOrders.Remove(order.OrderId) : OpenOrders.Add(order.OrderId),
        ByReference = ByReference.SetItem(order.DealReference, order.OrderId),
        ByClientId = order.ClientOrderId is { } clientId ? ByClientId.SetItem(clientId, order.OrderId) : ByClientId,
    };

    /// <summary>
    /// The state without the ended orders but the latest, and without the fills applied: they are in the store. For brokers
    /// that repeat nothing, in sessions of very many orders.
    /// </summary>
    public TradingState Forget(int latestEnded)
    {
        var state = this with
        {
            Orders = Orders.Clear(),
            OpenOrders = OpenOrders.Clear(),
            ByReference = ByReference.Clear(),
            ByClientId = ByClientId.Clear(),
            FillIds = FillIds.Clear(),
            HoldsAllOrders = false,
        };
        return Orders.Values.Where(order => order.IsEnded).TakeLast(latestEnded)
            .Concat(OpenOrders.Select(id => Orders[id]))
            .Aggregate(state, (kept, order) => kept.With(order));
    }
}
