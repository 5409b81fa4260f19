namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>A damaged state of a system, kept for whoever wants to know why.</summary>
public sealed class CorruptStateRow
{
    public long Id { get; set; }

    public required string SignalId { get; set; }

    public long At { get; set; }

    public required string Document { get; set; }
}
