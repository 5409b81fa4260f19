using MaoApi.Data.Entities;

namespace MaoApi.Auth;

/// <summary>The user behind a request and the accounts open to them, as read at most ten seconds ago.</summary>
internal sealed record Caller(
    int UserKey,
    string UserId,
    string DisplayName,
    string Email,
    UserStatus Status,
    DateTimeOffset? ValidUntil,
    bool IsAdmin,
    IReadOnlyList<CallerAccount> Accounts)
{
    /// <summary>Tokens of log-ins before this moment no longer count.</summary>
    public DateTimeOffset? TokensFrom { get; init; }

    /// <summary>Scope of the personal access token that was sent, one of <see cref="AccessTokenScopes"/>; null for the token of a log-in.</summary>
    public string? TokenScope { get; init; }

    /// <summary>Lets a handler name the caller as a parameter; only a route whose policy asks for a user has one.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}

/// <summary>An account open to a user, and as what: one of <see cref="AccountRoles"/>.</summary>
internal sealed record CallerAccount(string AccountId, string Role);
