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

    /// <summary>How much of a position it closed; null where it closed nothing.</summary>
    public string? ClosedQty { get; set; }

    /// <summary>Average price of what it closed.</summary>
    public string? EntryPrice { get; set; }

    /// <summary>Market time the closed position was opened, Unix seconds.</summary>
    public long? EntryFrame { get; set; }
}
