namespace MaoTrade.Engine.Brokers;

/// <summary>The broker took an order; also follows when the answer to the submit itself was lost.</summary>
public sealed record OrderAcceptedEvent(long? EventId, string DealReference, string DealId) : BrokerEvent(EventId);
