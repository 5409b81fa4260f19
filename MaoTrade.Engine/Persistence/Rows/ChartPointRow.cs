namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>A point of a series.</summary>
public sealed class ChartPointRow
{
    public required string SignalId { get; set; }

    public required string Area { get; set; }

    public required string Name { get; set; }

    public long Frame { get; set; }

    public double Value { get; set; }
}
