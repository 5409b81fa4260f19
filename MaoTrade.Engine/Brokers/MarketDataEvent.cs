namespace MaoTrade.Engine.Brokers;

/// <summary>Market data of one epic is broken (or whole again).</summary>
public sealed record MarketDataEvent(long? EventId, string Epic, bool Restored, string Message) : BrokerEvent(EventId);
