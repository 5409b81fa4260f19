namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>A line of a system's own log.</summary>
public sealed class SystemLogRow
{
    public long Id { get; set; }

    public required string SignalId { get; set; }

    public long At { get; set; }

    public required string Message { get; set; }

    /// <summary>Number of the severity.</summary>
    public int Severity { get; set; }

    /// <summary>Title of a push message; null for a line of the log.</summary>
    public string? PushTitle { get; set; }
}
