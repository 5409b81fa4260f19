namespace MaoTrade.Engine.Orders;

/// <summary>What is sent to the broker for one order.</summary>
/// <param name="DealReference">Ours, 26 characters, stored before it is sent.</param>
/// <param name="Epic">Instrument.</param>
/// <param name="Action">Open or close.</param>
/// <param name="OpType">Buy or sell.</param>
/// <param name="OrderType">Market, limit or stop.</param>
/// <param name="Qty">Positive quantity.</param>
/// <param name="Price">Level of a limit or stop order.</param>
/// <param name="StopPrice">Protective stop of the position that results.</param>
/// <param name="LimitPrice">Take profit of the position that results.</param>
public sealed record OrderTicket(
    string DealReference, string Epic, OrderAction Action, OrderOpType OpType, OrderType OrderType,
    decimal Qty, decimal? Price, decimal? StopPrice, decimal? LimitPrice);
