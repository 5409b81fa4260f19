namespace MaoApi.Data.Entities;

/// <summary>A token a user made for a program of theirs (<c>mao_access_tokens</c>).</summary>
internal sealed class AccessToken
{
    public int Id { get; set; }

    public int UserKey { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the token, hex; the token itself is never stored.</summary>
    public required string TokenHash { get; set; }

    /// <summary>The token's first characters, by which people tell their tokens apart.</summary>
    public required string Prefix { get; set; }

    /// <summary><c>read</c> or <c>trade</c>.</summary>
    public required string Scope { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Expires { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsed { get; set; }

    public User? User { get; set; }
}
