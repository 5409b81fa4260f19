namespace MaoTrade.Engine.Orders;

/// <summary>The account's standing at the broker.</summary>
public enum AccountStatus
{
    Enabled = 0,
    Disabled = 1,
    SuspendedFromDealing = 2,
    Undefined = 99,
}
