using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MaoApi.Auth;

/// <summary>Verifies the access tokens of the local issuer.</summary>
internal sealed class LocalTokens(SigningKeys keys, TimeProvider time) : ITokenSource
{
    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenValidationParameters _parameters = Parameters(keys, time);

    public string Issuer => TokenIssuer.Issuer;

    public async ValueTask<TokenProof?> VerifyAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        return result.IsValid && token.Subject is { Length: > 0 }
            && token.IssuedAt <= (time.GetUtcNow() + MaxSkew).UtcDateTime
            && token.TryGetPayloadValue<long>(TokenIssuer.IssuedMilliseconds, out var issued)
            ? new TokenProof(token.Subject, DateTimeOffset.FromUnixTimeMilliseconds(issued), new DateTimeOffset(token.ValidTo, TimeSpan.Zero))
            : null;
    }

    private static TokenValidationParameters Parameters(SigningKeys keys, TimeProvider time) => new()
    {
        ValidIssuer = TokenIssuer.Issuer,
        ValidAudience = TokenIssuer.Audience,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId) is { } key ? [key] : [],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
            time.GetUtcNow().UtcDateTime is var now && expires > now && (notBefore is null || notBefore <= now + MaxSkew),
    };
}
