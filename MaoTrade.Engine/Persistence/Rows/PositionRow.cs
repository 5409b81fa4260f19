namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>The open position of an epic; the document is its wire shape.</summary>
public sealed class PositionRow
{
    public required string Epic { get; set; }

    public required string Document { get; set; }
}
