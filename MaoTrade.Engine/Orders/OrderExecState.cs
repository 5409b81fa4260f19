namespace MaoTrade.Engine.Orders;

/// <summary>An order as the engine sees it. The numbers are on the wire and in the database.</summary>
public enum OrderExecState
{
    JustCreated = 0,
    Submitted = 1,
    Accepted = 2,
    Filled = 3,
    Error = 4,
    Cancelled = 5,
    Unknown = 6,
}
