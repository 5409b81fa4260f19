using System.Collections.Immutable;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Figures;

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

    /// <summary>What changes with orders, and what seldom changes, lie apart: most states are made for a price alone.</summary>
    private OrderBook Book { get; init; } = new();

    private AccountStanding Standing { get; init; } = new();

    /// <summary>Number of the last commit.</summary>
    public long Version { get; init; }

    public EngineStage Stage
    {
        get => Standing.Stage;
        init => Standing = Standing with { Stage = value };
    }

    public required AccountConfig Config
    {
        get => Standing.Config;
        init => Standing = Standing with { Config = value };
    }

    /// <summary>Orders by id (ids grow with time): all that are not ended, and the latest ended ones.</summary>
    public ImmutableSortedDictionary<string, Order> Orders
    {
        get => Book.Orders;
        init => Book = Book with { Orders = value };
    }

    /// <summary>Ids of the orders that are not ended.</summary>
    public ImmutableSortedSet<string> OpenOrders
    {
        get => Book.Open;
        init => Book = Book with { Open = value };
    }

    /// <summary>Whether no ended order was left in the store alone.</summary>
    public bool HoldsAllOrders
    {
        get => Book.HoldsAll;
        init => Book = Book with { HoldsAll = value };
    }

    /// <summary>Deal reference → order id.</summary>
    public ImmutableDictionary<string, string> ByReference
    {
        get => Book.ByReference;
        init => Book = Book with { ByReference = value };
    }

    /// <summary>Client order id → order id.</summary>
    public ImmutableDictionary<string, string> ByClientId
    {
        get => Book.ByClientId;
        init => Book = Book with { ByClientId = value };
    }

    public ImmutableSortedDictionary<string, Position> Positions { get; init; } =
        ImmutableSortedDictionary.Create<string, Position>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, Signal> Signals { get; init; } =
        ImmutableSortedDictionary.Create<string, Signal>(StringComparer.Ordinal);

    /// <summary>Fills already applied.</summary>
    public ImmutableHashSet<string> FillIds
    {
        get => Book.FillIds;
        init => Book = Book with { FillIds = value };
    }

    /// <summary>Fills applied before those.</summary>
    public ImmutableHashSet<string> EarlierFillIds
    {
        get => Book.EarlierFillIds;
        init => Book = Book with { EarlierFillIds = value };
    }

    /// <summary>The trading day that runs; null before the first one.</summary>
    public DateOnly? TradingDay
    {
        get => Standing.TradingDay;
        init => Standing = Standing with { TradingDay = value };
    }

    /// <summary>Where the broker's list of fills continues.</summary>
    public string? FillCursor
    {
        get => Standing.FillCursor;
        init => Standing = Standing with { FillCursor = value };
    }

    public BrokerAccount? Account { get; init; }

    public DateTimeOffset? AccountAt { get; init; }

    public bool BrokerConnected
    {
        get => Standing.BrokerConnected;
        init => Standing = Standing with { BrokerConnected = value };
    }

    /// <summary>What the broker can do, as of the last connect; null before the first one.</summary>
    public BrokerCapabilities? Capabilities
    {
        get => Standing.Capabilities;
        init => Standing = Standing with { Capabilities = value };
    }

    /// <summary>The account is blocked: nothing opens until somebody releases it.</summary>
    public bool Blocked
    {
        get => Standing.Blocked;
        init => Standing = Standing with { Blocked = value };
    }

    /// <summary>Why it is blocked; null when it is not.</summary>
    public string? BlockReason
    {
        get => Standing.BlockReason;
        init => Standing = Standing with { BlockReason = value };
    }

    /// <summary>The kill switch was thrown: while blocked, everything that is open is closed.</summary>
    public bool Liquidates
    {
        get => Standing.Liquidates;
        init => Standing = Standing with { Liquidates = value };
    }

    /// <summary>How often the broker's positions differed from ours.</summary>
    public long Drift
    {
        get => Standing.Drift;
        init => Standing = Standing with { Drift = value };
    }

    /// <summary>Start of the last frame taken, Unix seconds; 0 = none yet.</summary>
    public long Frame { get; init; }

    /// <summary>When a frame was last taken, UTC.</summary>
    public DateTimeOffset? LastFrameAt { get; init; }

    /// <summary>The broker's time as of the last event.</summary>
    public DateTimeOffset MarketTime { get; init; }

    /// <summary>Epics whose market data is broken or stays away: nothing new is opened on them.</summary>
    public ImmutableHashSet<string> StaleEpics
    {
        get => Standing.StaleEpics;
        init => Standing = Standing with { StaleEpics = value };
    }

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

    /// <summary>
    /// The state without the ended orders and the fills that a new process would not load either: the store has them. It
    /// costs what leaves, and nothing where nothing does.
    /// </summary>
    public TradingState WithoutOldest() => Book.WithoutOldest() is var book && ReferenceEquals(book, Book) ? this : this with { Book = book };

    /// <summary>The state with an order put in or replaced.</summary>
    public TradingState With(Order order) => this with { Book = Book.With(order) };

    /// <summary>
    /// The state without the ended orders but the latest, and without the fills applied: they are in the store. For brokers
    /// that repeat nothing, in sessions of very many orders.
    /// </summary>
    public TradingState Forget(int latestEnded) => this with { Book = Book.Forget(latestEnded) };
}
