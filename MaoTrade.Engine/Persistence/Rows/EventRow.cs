namespace MaoTrade.Engine.Persistence.Rows;

/// <summary>Something the gateway is to be told.</summary>
public sealed class EventRow
{
    public long Id { get; set; }

    public required string EventId { get; set; }

    public long At { get; set; }

    public required string Type { get; set; }

    public int Severity { get; set; }

    public string? SignalId { get; set; }

    public required string Title { get; set; }

    public required string Message { get; set; }
}
