namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>The net position of an account in one epic; never zero.</summary>
internal sealed record PaperPosition(string Epic, decimal Qty, decimal AvgPrice, DateTimeOffset OpenedAt)
{
    public decimal? StopPrice { get; init; }

    public decimal? LimitPrice { get; init; }

    /// <summary>Number of the first bar inside which stop and limit may trigger.</summary>
    public long ArmedFromBar { get; init; }

    public IReadOnlyList<string> DealIds { get; init; } = [];
}
