namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>Where a signal stands in its market data, as JSON.</summary>
public sealed class FeedRow
{
    public required string SignalId { get; set; }

    public required string Document { get; set; }
}
