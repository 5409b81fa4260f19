using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MaoApi.Auth;

/// <summary>Makes the access tokens of the local issuer.</summary>
internal sealed class TokenIssuer(SigningKeys keys, TimeProvider time)
{
    public const string Issuer = "maotrade";
    public const string Audience = "maoapi";

    /// <summary>Claim: when the token was made, Unix milliseconds; <c>iat</c> knows whole seconds only, too coarse for a log-out.</summary>
    public const string IssuedMilliseconds = "iat_ms";

    /// <summary>Short, because one access token cannot be taken back alone; the refresh token can.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(900);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Create(string userId)
    {
        var now = time.GetUtcNow();
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [JwtRegisteredClaimNames.Sub] = userId,
                [IssuedMilliseconds] = now.ToUnixTimeMilliseconds(),
                [JwtRegisteredClaimNames.Jti] = Guid.CreateVersion7(now).ToString("N"),
            },
            SigningCredentials = new SigningCredentials(keys.Current, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
