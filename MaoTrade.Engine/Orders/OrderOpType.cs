namespace MaoTrade.Engine.Orders;

/// <summary>Direction of an order.</summary>
public enum OrderOpType
{
    NoOp = 0,
    Buy = 1,
    Sell = 2,
}
