using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading.Results;

/// <summary>A closed trade of a period; on the wire in this shape (PROTOCOL.md, srvId 15). What is null was not kept or is not known.</summary>
/// <param name="At">Market time of the closing fill.</param>
/// <param name="Epic">Instrument.</param>
/// <param name="OpType">Buy for a long trade, sell for a short one.</param>
/// <param name="Qty">Quantity closed.</param>
/// <param name="OpenedAt">Market time the position was opened.</param>
/// <param name="EntryPrice">Average price of the position.</param>
/// <param name="ExitPrice">Price of the closing fill.</param>
/// <param name="Fees">Fees by the rate of the symbol.</param>
/// <param name="Pnl">What it brought.</param>
public sealed record ListedTrade(
    DateTimeOffset At, string Epic, OrderOpType OpType, decimal? Qty, DateTimeOffset? OpenedAt, decimal? EntryPrice, decimal ExitPrice, decimal? Fees, decimal Pnl);
