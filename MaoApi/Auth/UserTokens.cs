using System.Runtime.InteropServices;
using MaoApi.Http;

namespace MaoApi.Auth;

/// <summary>From a token to the user it lets in: what it proves, the user's row, their standing, their last log-out everywhere.</summary>
internal sealed class UserTokens(TokenVerifier tokens, UserDirectory users, MockUser mock, TimeProvider time)
{
    /// <summary>The user behind a token without its scheme, empty where none was sent; or why it lets nobody in.</summary>
    public ValueTask<UserAccess> AuthenticateAsync(ReadOnlyMemory<char> token, CancellationToken cancellationToken) =>
        AuthenticateAsync(token, isRowRead: false, cancellationToken);

    /// <summary>The same; the user's row is read from the database where that is asked for, and otherwise is at most ten seconds old.</summary>
    public async ValueTask<UserAccess> AuthenticateAsync(ReadOnlyMemory<char> token, bool isRowRead, CancellationToken cancellationToken)
    {
        if (token.IsEmpty && mock.IsOn)
        {
            var nobody = await mock.ReadAsync(cancellationToken);
            return UserStanding.Refusal(nobody.Status, nobody.ValidUntil, time.GetUtcNow()) is { } over
                ? new UserAccess(null, null, over)
                : new UserAccess(nobody, null, null);
        }

        TokenProof? proof;
        try
        {
            proof = await tokens.VerifyAsync(token, cancellationToken);
        }
        catch (IdentityUnavailableException)
        {
            return new UserAccess(null, null, ApiCodes.Identity);
        }

        if (proof is null)
        {
            return new UserAccess(null, null, ApiCodes.Unauthenticated);
        }

        var row = isRowRead ? users.FindAnewAsync(proof.UserId, cancellationToken) : users.FindAsync(proof.UserId, cancellationToken);
        if (await row is not { } caller)
        {
            return new UserAccess(null, proof, ApiCodes.Inactive);
        }

        if (UserStanding.Refusal(caller.Status, caller.ValidUntil, time.GetUtcNow()) is { } refusal)
        {
            return new UserAccess(null, proof, refusal);
        }

        if (proof.Scope is not null)
        {
            return new UserAccess(caller with { TokenScope = proof.Scope }, proof, null);
        }

        return proof.AuthenticatedAt < caller.TokensFrom
            ? new UserAccess(null, proof, ApiCodes.Unauthenticated)
            : new UserAccess(caller, proof, null);
    }
}

/// <summary>The user a token lets in, or why it does not.</summary>
/// <param name="Caller">Null where the token lets nobody in.</param>
/// <param name="Proof">What the token proves, its end above all; null where it proves nothing, and for the mock user.</param>
/// <param name="Refusal">Null where the token lets its user in.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UserAccess(Caller? Caller, TokenProof? Proof, ApiCode? Refusal);
