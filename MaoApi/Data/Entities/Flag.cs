namespace MaoApi.Data.Entities;

/// <summary>A part of the platform that can be switched, for all or for some (<c>mao_flags</c>).</summary>
internal sealed class Flag : IVersioned
{
    public required string Name { get; set; }

    public string Description { get; set; } = "";

    public bool IsEnabled { get; set; }

    /// <summary>How many of a hundred users have it while it is enabled; the same ones always, by a hash of their name.</summary>
    public int Percent { get; set; } = 100;

    public DateTimeOffset Modified { get; set; }

    public long Version { get; set; }
}
