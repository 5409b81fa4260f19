namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>A series of a system's chart.</summary>
public sealed class ChartSeriesRow
{
    public required string SignalId { get; set; }

    public required string Area { get; set; }

    public required string Name { get; set; }

    public int Kind { get; set; }
}
