namespace MaoTrade.Engine.Orders;

/// <summary>One step of an order's life.</summary>
public sealed record OrderChange(DateTimeOffset At, OrderExecState ExecState, DealStatus DealStatus, string Note)
{
    /// <summary>Milliseconds since the step before, on the monotonic clock; 0 for the first step.</summary>
    public double LatencyMs { get; init; }
}
