namespace MaoTrade.Engine.Brokers;

/// <summary>Something the broker said without being asked.</summary>
/// <param name="EventId">Identity for acknowledgement; null for what is not delivered again.</param>
public abstract record BrokerEvent(long? EventId);
