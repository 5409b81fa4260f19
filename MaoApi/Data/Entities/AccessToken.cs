namespace MaoApi.Data.Entities;

/// <summary>A personal access token, for programs of a user (<c>mao_access_tokens</c>).</summary>
internal sealed class AccessToken
{
    public int Id { get; set; }

    public int UserKey { get; set; }

    /// <summary>The public name of the token, unique.</summary>
    public required string TokenId { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the token, hex; the token itself is never stored.</summary>
    public required string TokenHash { get; set; }

    /// <summary>One of <see cref="AccessTokenScopes"/>.</summary>
    public required string Scope { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Expires { get; set; }

    public DateTimeOffset? Revoked { get; set; }

    public User? User { get; set; }
}

/// <summary>The words of <c>mao_access_tokens.scope</c>.</summary>
internal static class AccessTokenScopes
{
    /// <summary>Reading alone.</summary>
    public const string Read = "read";

    /// <summary>All the user may do but administration and further tokens.</summary>
    public const string Trade = "trade";
}
