namespace MaoTrade.Engine.Brokers;

/// <summary>The broker refused an order.</summary>
public sealed record OrderRejectedEvent(long? EventId, string DealReference, int ErrorCode, string Message) : BrokerEvent(EventId);
