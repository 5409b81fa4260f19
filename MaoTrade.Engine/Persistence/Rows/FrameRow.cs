namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>A closed frame that a signal's system has taken.</summary>
public sealed class FrameRow
{
    public required string SignalId { get; set; }

    public long Frame { get; set; }

    public required string Open { get; set; }

    public required string High { get; set; }

    public required string Low { get; set; }

    public required string Close { get; set; }

    public required string Volume { get; set; }
}
