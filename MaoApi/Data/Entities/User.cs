namespace MaoApi.Data.Entities;

/// <summary>A person who may log in (<c>mtrace_users</c>).</summary>
internal sealed class User : IVersioned
{
    public int Id { get; set; }

    /// <summary>The name the person logs in with, unique; with an external issuer the subject of its tokens.</summary>
    public required string UserId { get; set; }

    public required string DisplayName { get; set; }

    public required string Email { get; set; }

    /// <summary>The last moment the user may call; null = no end.</summary>
    public DateTimeOffset? ValidUntil { get; set; }

    public UserStatus Status { get; set; }

    public bool IsAdmin { get; set; }

    /// <summary>Tokens of log-ins before this moment no longer count: the user logged out everywhere, or a token was stolen.</summary>
    public DateTimeOffset? TokensFrom { get; set; }

    public long Version { get; set; }

    public Credential? Credential { get; set; }

    public List<AccountRole> Roles { get; } = [];
}
