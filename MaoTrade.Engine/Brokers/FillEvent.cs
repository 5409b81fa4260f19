using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers;

/// <summary>A whole or partial fill, also of orders the broker made itself (stop, limit) or a person made there.</summary>
public sealed record FillEvent(long? EventId, Fill Fill) : BrokerEvent(EventId);
