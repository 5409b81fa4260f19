using Microsoft.IdentityModel.JsonWebTokens;

namespace MaoApi.Auth;

/// <summary>Somebody whose signed tokens are believed.</summary>
internal interface ITokenSource
{
    /// <summary>The <c>iss</c> of their tokens.</summary>
    string Issuer { get; }

    /// <summary>Verifies signature, algorithm, issuer, audience, times and subject. Null where anything is wrong.</summary>
    ValueTask<TokenProof?> VerifyAsync(JsonWebToken token, CancellationToken cancellationToken);
}
