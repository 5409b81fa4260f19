using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MaoApi.Auth.Firebase;

/// <summary>Verifies Firebase ID tokens with the keys Google publishes.</summary>
internal sealed class FirebaseTokens(FirebaseOptions options, FirebaseKeys keys, TimeProvider time) : ITokenSource
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly string _project = options.Project!;

    public string Issuer { get; } = FirebaseClaims.IssuerOf(options.Project!);

    public async ValueTask<TokenProof?> VerifyAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        if (token.Alg != SecurityAlgorithms.RsaSha256
            || token.Kid is not { Length: > 0 } keyId
            || FirebaseClaims.Read(token, _project, time.GetUtcNow()) is not { } proof
            || await keys.FindAsync(keyId, cancellationToken) is not { } key)
        {
            return null;
        }

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = _project,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKey = key,
            RequireSignedTokens = true,
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid ? proof : null;
    }
}
