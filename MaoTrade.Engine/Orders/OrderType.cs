namespace MaoTrade.Engine.Orders;

/// <summary>How an order finds its price.</summary>
public enum OrderType
{
    Market = 0,
    Limit = 1,
    Stop = 2,
}
