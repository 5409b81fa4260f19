namespace MaoApi.Data.Entities;

/// <summary>What a user's client keeps with a ticker (<c>mtrace_datastore</c>).</summary>
internal sealed class TickerStore : IVersioned
{
    public int Id { get; set; }

    public int UserKey { get; set; }

    /// <summary>Key of the ticker in <c>maodata</c>.</summary>
    public int TickerKey { get; set; }

    /// <summary>What older clients left beside the store; kept as it is.</summary>
    public string? Data { get; set; }

    /// <summary>A JSON object.</summary>
    public required string Store { get; set; }

    public DateTimeOffset Modified { get; set; }

    public long Version { get; set; }
}
