namespace MaoApi.Auth;

/// <summary>What a token proves.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="AuthenticatedAt">When its holder logged in or was given it; what came before the user's last log-out everywhere no longer counts.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Scope">Of a personal access token, one of <see cref="Data.Entities.AccessTokenScopes"/>; null for the token of a log-in.</param>
internal sealed record TokenProof(string UserId, DateTimeOffset AuthenticatedAt, DateTimeOffset Expires, string? Scope = null);
