namespace MaoTrade.Engine.Orders;

/// <summary>Arithmetic of positions: one net position per epic.</summary>
public static class Positions
{
    /// <summary>
    /// The position after a fill, null when flat. Fills in the position's direction move the average price
    /// (weighted by quantity); fills against it leave it; beyond zero the rest opens anew at the fill's price.
    /// </summary>
    /// <param name="position">Before the fill, null when flat.</param>
    /// <param name="fill">The fill.</param>
    /// <param name="order">The order it belongs to: stop, limit and owner come from it.</param>
    public static Position? After(Position? position, Fill fill, Order order)
    {
        var signed = fill.OpType == OrderOpType.Buy ? fill.Qty : -fill.Qty;
        if (position is null)
        {
            return Open(signed, fill, order);
        }

        var qty = position.Qty + signed;
        if (qty == 0)
        {
            return null;
        }

        if (Math.Sign(position.Qty) == Math.Sign(signed))
        {
            return position with
            {
                Qty = qty,
                AvgPrice = ((position.AvgPrice * position.Qty) + (fill.Price * signed)) / qty,
                StopPrice = order.StopPrice ?? position.StopPrice,
                LimitPrice = order.LimitPrice ?? position.LimitPrice,
                DealIds = position.DealIds.Contains(fill.DealId) ? position.DealIds : position.DealIds.Add(fill.DealId),
            };
        }

        return Math.Sign(qty) == Math.Sign(position.Qty) ? position with { Qty = qty } : Open(qty, fill, order);
    }

    /// <summary>What a fill closes of a position; null where it closes nothing.</summary>
    public static Closing? Closed(Position? position, Fill fill) =>
        position is null || fill.Qty <= 0 || Math.Sign(position.Qty) == Math.Sign(fill.SignedQty)
            ? null
            : new Closing(Math.Min(Math.Abs(position.Qty), fill.Qty), position.AvgPrice, position.OpenedAt.ToUnixTimeSeconds());

    private static Position Open(decimal qty, Fill fill, Order order) => new()
    {
        Epic = fill.Epic,
        Qty = qty,
        AvgPrice = fill.Price,
        LastPrice = fill.Price,
        StopPrice = order.StopPrice,
        LimitPrice = order.LimitPrice,
        DealIds = [fill.DealId],
        System = order.System,
        SignalId = order.SignalId,
        OpenedAt = fill.At,
    };
}
