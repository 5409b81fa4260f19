namespace MaoApi.Data.Entities;

/// <summary>The password of a user of the local issuer (<c>mao_credentials</c>).</summary>
internal sealed class Credential
{
    public int UserKey { get; set; }

    public required string Hash { get; set; }

    /// <summary>Failures since the last success or the last lock.</summary>
    public int Failed { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public DateTimeOffset? LastLogin { get; set; }

    public int LoginCount { get; set; }

    public User? User { get; set; }
}
