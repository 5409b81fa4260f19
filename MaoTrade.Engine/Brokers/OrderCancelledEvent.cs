namespace MaoTrade.Engine.Brokers;

/// <summary>A working order was cancelled.</summary>
public sealed record OrderCancelledEvent(long? EventId, string DealReference, string Message) : BrokerEvent(EventId);
