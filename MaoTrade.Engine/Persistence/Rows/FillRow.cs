namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>An execution; its key makes a repeated fill impossible.</summary>
public sealed class FillRow
{
    public required string FillId { get; set; }

    public required string DealReference { get; set; }

    public required string Epic { get; set; }

    public required string Qty { get; set; }

    public required string Price { get; set; }

    public string? Pnl { get; set; }

    public long Frame { get; set; }

    public long At { get; set; }

    /// <summary>By how much it moved the position, signed.</summary>
    public required string Moved { get; set; }
}
