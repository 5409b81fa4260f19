namespace MaoTrade.Engine.Orders;

/// <summary>Who made an order.</summary>
public enum OrderAuthorType
{
    System = 0,
    Restart = 1,
    User = 2,
    Undefined = 99,
}
