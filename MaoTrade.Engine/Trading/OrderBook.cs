using System.Collections.Immutable;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading;

/// <summary>The orders and fills within a <see cref="TradingState"/>, which change with orders alone.</summary>
internal sealed record OrderBook
{
    public ImmutableSortedDictionary<string, Order> Orders { get; init; } =
        ImmutableSortedDictionary.Create<string, Order>(StringComparer.Ordinal);

    public ImmutableSortedSet<string> Open { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public bool HoldsAll { get; init; } = true;

    public ImmutableDictionary<string, string> ByReference { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, string> ByClientId { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableHashSet<string> FillIds { get; init; } = [];

    public ImmutableHashSet<string> EarlierFillIds { get; init; } = [];

    /// <summary>With an order put in or replaced; its references never change.</summary>
    public OrderBook With(Order order) => Orders.ContainsKey(order.OrderId)
        ? this with
        {
            Orders = Orders.SetItem(order.OrderId, order),
            Open = order.IsEnded ? Open.Remove(order.OrderId) : Open.Add(order.OrderId),
        }
        : this with
        {
            Orders = Orders.Add(order.OrderId, order),
            Open = order.IsEnded ? Open : Open.Add(order.OrderId),
            ByReference = ByReference.SetItem(order.DealReference, order.OrderId),
            ByClientId = order.ClientOrderId is { } clientId ? ByClientId.SetItem(clientId, order.OrderId) : ByClientId,
        };

    /// <summary>Without the ended orders and the fills beyond those that are kept.</summary>
    public OrderBook WithoutOldest()
    {
        var book = FillIds.Count < TradingState.FillIdsKept ? this : this with { FillIds = [], EarlierFillIds = FillIds };
        var surplus = Orders.Count - Open.Count - TradingState.EndedOrdersKept;
        return surplus <= 0 ? book : book.Without([.. Orders.Values.Where(order => order.IsEnded).Take(surplus)]);
    }

    /// <summary>Without the ended orders but the latest, and without the fills.</summary>
    public OrderBook Forget(int latestEnded) => Orders.Values.Where(order => order.IsEnded).TakeLast(latestEnded)
        .Concat(Open.Select(id => Orders[id]))
        .Aggregate(new OrderBook { HoldsAll = false }, (kept, order) => kept.With(order));

    private OrderBook Without(IReadOnlyList<Order> old) => this with
    {
        Orders = Orders.RemoveRange(old.Select(order => order.OrderId)),
        ByReference = ByReference.RemoveRange(old.Select(order => order.DealReference)),
        ByClientId = ByClientId.RemoveRange(old.Select(order => order.ClientOrderId).OfType<string>()),
        HoldsAll = false,
    };
}
