namespace MaoTrade.Engine.Orders;

/// <summary>What an order does to a position.</summary>
public enum OrderAction
{
    OpenPosition = 0,
    ClosePosition = 1,
    ModifyPosition = 3,
}
