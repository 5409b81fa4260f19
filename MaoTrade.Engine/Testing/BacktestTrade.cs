using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Testing;

/// <summary>A closed quantity: each fill that closes some of a position ends a trade.</summary>
/// <param name="EntryFrame">Start of the bar in which the position was opened.</param>
/// <param name="ExitFrame">Start of the bar of the closing fill.</param>
/// <param name="OpType">Buy for a long one, sell for a short one.</param>
/// <param name="Qty">Quantity closed.</param>
/// <param name="EntryPrice">Average price of the position.</param>
/// <param name="ExitPrice">Price of the closing fill.</param>
/// <param name="Fees">Its part of the opening fees and the closing fee.</param>
/// <param name="Pnl">Profit after fees.</param>
public sealed record BacktestTrade(
    long EntryFrame, long ExitFrame, OrderOpType OpType, decimal Qty, decimal EntryPrice, decimal ExitPrice, decimal Fees, decimal Pnl);
