namespace MaoTrade.Engine.Brokers;

/// <summary>The session stands; what was unacknowledged follows again.</summary>
public sealed record BrokerConnected() : BrokerEvent((long?)null);
