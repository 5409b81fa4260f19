namespace MaoApi.Data.Entities;

/// <summary>What an engine told about itself; told twice it is stored once (<c>mao_events</c>).</summary>
internal sealed class EngineEvent
{
    public int Id { get; set; }

    public int AccountKey { get; set; }

    /// <summary>The engine's id of the event, unique for its account.</summary>
    public required string EventId { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTimeOffset Received { get; set; }

    public required string Type { get; set; }

    public required string Severity { get; set; }

    public string? SignalId { get; set; }

    public required string Title { get; set; }

    public required string Message { get; set; }

    /// <summary>A JSON object.</summary>
    public string Data { get; set; } = "{}";
}
