namespace MaoApi.Data.Entities;

/// <summary>One refresh token; each is used once, all of a family die with the theft of one (<c>mao_sessions</c>).</summary>
internal sealed class Session
{
    public int Id { get; set; }

    public int UserKey { get; set; }

    /// <summary>The log-in all these tokens descend from.</summary>
    public required string Family { get; set; }

    /// <summary>SHA-256 of the token, hex; the token itself is never stored.</summary>
    public required string TokenHash { get; set; }

    public DateTimeOffset Expires { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>How long a token of this family lives.</summary>
    public long LifetimeSeconds { get; set; }

    public string? ClientAddress { get; set; }

    public string? DeviceId { get; set; }
}
