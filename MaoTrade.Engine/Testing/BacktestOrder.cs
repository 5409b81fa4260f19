using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Testing;

/// <summary>A filled order.</summary>
/// <param name="N">Number, from 1.</param>
/// <param name="Frame">Start of the bar of its fill, Unix seconds.</param>
/// <param name="OpType">Buy or sell.</param>
/// <param name="OrderType">Market, or the level that was reached.</param>
/// <param name="Qty">Positive quantity.</param>
/// <param name="Price">Price of the fill, slippage included.</param>
/// <param name="Fee">Its fee.</param>
/// <param name="Reason">Why.</param>
public sealed record BacktestOrder(
    int N, long Frame, OrderOpType OpType, OrderType OrderType, decimal Qty, decimal Price, decimal Fee, OrderReason Reason);
