namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>A whole bar that came live and the gateway may not have yet.</summary>
public sealed class BarRow
{
    public required string Epic { get; set; }

    public int TimeFrame { get; set; }

    public long Frame { get; set; }

    public required string Open { get; set; }

    public required string High { get; set; }

    public required string Low { get; set; }

    public required string Close { get; set; }

    public required string Volume { get; set; }
}
