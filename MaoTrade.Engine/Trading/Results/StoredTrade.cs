using MaoTrade.Engine.Orders;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Trading.Results;

/// <summary>A fill that closed some of a position, as the store keeps it.</summary>
/// <param name="At">Market time of the fill.</param>
/// <param name="Epic">Instrument.</param>
/// <param name="OpType">Buy for a long trade, sell for a short one.</param>
/// <param name="Pnl">What the broker says it brought; without it, price difference times quantity.</param>
/// <param name="Qty">Quantity closed; null of fills stored before entries were kept, as the next two.</param>
/// <param name="EntryPrice">Average price of the position.</param>
/// <param name="OpenedAt">Market time the position was opened.</param>
/// <param name="ExitPrice">Price of the fill.</param>
public readonly record struct StoredTrade(
    DateTimeOffset At, string Epic, OrderOpType OpType, decimal Pnl, decimal? Qty, decimal? EntryPrice, DateTimeOffset? OpenedAt, decimal ExitPrice)
{
    /// <summary>The time its position was open; null where its entry is not known.</summary>
    public HeldSpan? Held => OpenedAt is { } opened ? new HeldSpan(opened, At) : null;

    /// <summary>With the fees of both its fills at a rate; without where the rate or the entry is not known.</summary>
    public ClosedTrade WithFees(decimal? rate) => new(At, Pnl, rate == 0 ? 0 : rate * Qty * (EntryPrice + ExitPrice));

    /// <summary>As it is told to clients.</summary>
    public ListedTrade Listed(decimal? rate) => new(At, Epic, OpType, Qty, OpenedAt, EntryPrice, ExitPrice, WithFees(rate).Fees, Pnl);
}
