namespace MaoTrade.Engine.Brokers;

/// <summary>Account figures and positions at one moment.</summary>
public sealed record BrokerPortfolio(BrokerAccount Account, IReadOnlyList<BrokerPosition> Positions);
