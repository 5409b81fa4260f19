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

/// <summary>An order's way to the broker. The numbers are on the wire and in the database.</summary>
public enum DealStatus
{
    NotSubmitted = 0,
    Delayed = 1,
    Submitting = 2,
    Submitted = 3,
    Executing = 4,
    Rejected = 5,
    ToTrash = 6,
    Unknown = 7,
}

/// <summary>What an order does to a position.</summary>
public enum OrderAction
{
    OpenPosition = 0,
    ClosePosition = 1,
    ModifyPosition = 3,
}

/// <summary>Direction of an order.</summary>
public enum OrderOpType
{
    NoOp = 0,
    Buy = 1,
    Sell = 2,
}

/// <summary>How an order finds its price.</summary>
public enum OrderType
{
    Market = 0,
    Limit = 1,
    Stop = 2,
}

/// <summary>Who made an order.</summary>
public enum OrderAuthorType
{
    System = 0,
    Restart = 1,
    User = 2,
    Undefined = 99,
}

/// <summary>The account's standing at the broker.</summary>
public enum AccountStatus
{
    Enabled = 0,
    Disabled = 1,
    SuspendedFromDealing = 2,
    Undefined = 99,
}
