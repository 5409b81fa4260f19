namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>What a signal's system remembers, as JSON.</summary>
public sealed class SystemStateRow
{
    public required string SignalId { get; set; }

    public required string Document { get; set; }

    /// <summary>When it was stored.</summary>
    public long Saved { get; set; }
}
