namespace MaoTrade.Engine.Brokers;

/// <summary>New account figures.</summary>
public sealed record AccountEvent(long? EventId, BrokerAccount Account) : BrokerEvent(EventId);
