using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Live;

/// <summary>Who a token speaks for, at the beginning of a live connection and again and again while it lasts.</summary>
internal sealed class LiveIdentity(UserTokens tokens, UserDirectory users)
{
    /// <summary>The caller, or why there is none.</summary>
    public async ValueTask<(Caller? Caller, ApiCode? Refusal)> FindAsync(string token, CancellationToken cancellationToken)
    {
        var access = await tokens.AuthenticateAsync(token.AsMemory(), cancellationToken);
        return (access.Caller, access.Refusal);
    }

    /// <summary>Has the user's row read again by the next look.</summary>
    public void Forget(string userId) => users.Drop(userId);

    /// <summary>The token of a request's header without its scheme; empty where there is none.</summary>
    public static string TokenOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : "";
    }

    /// <summary>The proof that the caller may hear a channel of an account; lines of the log are for whoever may download it.</summary>
    public static AuthorizedAccount? Allow(Caller caller, string? accountId, bool withLogs, out Failure? refusal)
    {
        refusal = AuthorizedAccount.Refuse(caller, accountId, withLogs ? AccountLevel.Trade : AccountLevel.Read, out var account);
        return account;
    }
}
