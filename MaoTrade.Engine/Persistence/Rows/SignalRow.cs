namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>A signal; the document is its wire shape.</summary>
public sealed class SignalRow
{
    public required string SignalId { get; set; }

    public required string Epic { get; set; }

    public required string State { get; set; }

    public required string Document { get; set; }
}
