using MaoApi.Data.Entities;

namespace MaoApi.Data.History;

/// <summary>An analysis whose values are kept (<c>mao_studies</c>).</summary>
internal sealed class Study : IVersioned
{
    public int Id { get; set; }

    /// <summary>The id the API shows, unique.</summary>
    public required string StudyId { get; set; }

    public int TickerKey { get; set; }

    public int TimeFrameSeconds { get; set; }

    public required string Name { get; set; }

    public required string Kind { get; set; }

    /// <summary>A JSON object.</summary>
    public string Parameters { get; set; } = "{}";

    /// <summary>What its values were computed by, as text; null where they are given.</summary>
    public string? Definition { get; set; }

    /// <summary>Which bars its values were computed from, block by block; null before the first time.</summary>
    public byte[]? Sources { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Modified { get; set; }

    public long Version { get; set; }

    public Ticker? Ticker { get; set; }
}
