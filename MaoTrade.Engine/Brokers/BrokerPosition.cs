namespace MaoTrade.Engine.Brokers;

/// <summary>An open position as the broker shows it; <paramref name="Qty"/> is signed.</summary>
public sealed record BrokerPosition(
    string Epic, decimal Qty, decimal AvgPrice, decimal LastPrice, decimal? StopPrice, decimal? LimitPrice,
    IReadOnlyList<string> DealIds, DateTimeOffset OpenedAt);
