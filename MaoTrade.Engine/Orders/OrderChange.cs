namespace MaoTrade.Engine.Orders;

/// <summary>One step of an order's life.</summary>
public sealed record OrderChange(DateTimeOffset At, OrderExecState ExecState, DealStatus DealStatus, string Note);
