using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers;

/// <summary>A working order as the broker shows it.</summary>
public sealed record BrokerOrder(
    string DealReference, string DealId, string Epic, OrderAction Action, OrderOpType OpType, OrderType OrderType, decimal Qty);
