namespace MaoTrade.Engine.Orders;

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
