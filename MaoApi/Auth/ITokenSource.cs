using Microsoft.IdentityModel.JsonWebTokens;

namespace MaoApi.Auth;

/// <summary>Somebody whose signed tokens are believed. Thread-safe.</summary>
internal interface ITokenSource
{
    /// <summary>The <c>iss</c> of their tokens.</summary>
    string Issuer { get; }

    /// <summary>Verifies signature, algorithm, issuer, audience, times and subject. Null where anything is wrong.</summary>
    /// <exception cref="IdentityUnavailableException">It cannot be told now, because somebody who has to be asked does not answer.</exception>
    ValueTask<TokenProof?> VerifyAsync(JsonWebToken token, CancellationToken cancellationToken);
}
