using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Live;

/// <summary>Who a token speaks for, at the beginning of a live connection and again and again while it lasts.</summary>
internal sealed class LiveIdentity(TokenVerifier tokens, UserDirectory users, TimeProvider time)
{
    /// <summary>The caller, or why there is none.</summary>
    public async ValueTask<(Caller? Caller, ApiCode? Refusal)> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (await tokens.VerifyAsync(token.AsMemory()) is not { } userId)
        {
            return (null, ApiCodes.Unauthenticated);
        }

        return await users.FindAsync(userId, cancellationToken) switch
        {
            null => (null, ApiCodes.Inactive),
            var caller when UserStanding.Refusal(caller.Status, caller.ValidUntil, time.GetUtcNow()) is { } refusal => (null, refusal),
            var caller => (caller, null),
        };
    }

    /// <summary>Has the user's row read again by the next look.</summary>
    public void Forget(string userId) => users.Drop(userId);

    /// <summary>The proof that the caller may hear a channel of an account; lines of the log are for whoever may download it.</summary>
    public static AuthorizedAccount? Allow(Caller caller, string? accountId, bool withLogs, out Failure? refusal)
    {
        refusal = AuthorizedAccount.Refuse(caller, accountId, withLogs ? AccountLevel.Trade : AccountLevel.Read, out var account);
        return account;
    }
}
