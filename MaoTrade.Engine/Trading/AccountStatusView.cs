namespace MaoTrade.Engine.Trading;

/// <summary>Reply of service 5.</summary>
public sealed record AccountStatusView(
    string AccountId, string InstanceId, long Version, EngineStage State, bool BrokerConnected,
    DateTimeOffset? LastFrameAt, int UnknownOrders, long Drift, int Clients);
