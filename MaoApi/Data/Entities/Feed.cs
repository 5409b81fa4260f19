namespace MaoApi.Data.Entities;

/// <summary>A news feed an administrator named (<c>mao_feeds</c>).</summary>
internal sealed class Feed : IVersioned
{
    public int Id { get; set; }

    /// <summary>Unique.</summary>
    public required string Name { get; set; }

    /// <summary>An https address, or the name of a file in <c>feeds</c> of the data folder.</summary>
    public required string Address { get; set; }

    /// <summary>What kind of news it brings, as clients ask for it.</summary>
    public required string Type { get; set; }

    public bool IsEnabled { get; set; }

    /// <summary>What the server named its last answer; it is asked only for a newer one.</summary>
    public string? EntityTag { get; set; }

    public DateTimeOffset? LastModified { get; set; }

    /// <summary>When it was last asked for.</summary>
    public DateTimeOffset? Checked { get; set; }

    /// <summary>What came of it, for people.</summary>
    public string LastResult { get; set; } = "";

    /// <summary>How often in a row it could not be had or read.</summary>
    public int Failures { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Modified { get; set; }

    public long Version { get; set; }

    public bool IsFile => !Address.Contains("://", StringComparison.Ordinal);
}
