using System.Security.Cryptography;
using MaoApi.Auth;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MaoTrade.Tests.Api.Auth;

/// <summary>Access tokens that must open nothing, by what is wrong with them.</summary>
internal static class ForgedTokens
{
    public static IReadOnlyDictionary<string, string?> All(SigningKeys keys, DateTimeOffset now)
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var foreignKey = new ECDsaSecurityKey(stranger) { KeyId = keys.Current.KeyId };
        var publicKey = new SymmetricSecurityKey(keys.Current.ECDsa.ExportSubjectPublicKeyInfo()) { KeyId = keys.Current.KeyId };
        var good = Create(keys.Current, now);
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["none"] = null,
            ["empty"] = "",
            ["malformed"] = "not.a.token",
            ["too long"] = new string('a', 5000),
            ["expired"] = Create(keys.Current, now - TimeSpan.FromHours(1)),
            ["issued in the future"] = Create(keys.Current, now + TimeSpan.FromHours(1)),
            ["foreign signature"] = Create(foreignKey, now),
            ["damaged signature"] = good[..^4] + (good.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA"),
            ["without signature"] = good[..(good.LastIndexOf('.') + 1)],
            ["alg none"] = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""") + "." + good.Split('.')[1] + ".",
            ["public key as HMAC secret"] = Create(publicKey, now, SecurityAlgorithms.HmacSha256),
            ["wrong issuer"] = Create(keys.Current, now, issuer: "somebody"),
            ["wrong audience"] = Create(keys.Current, now, audience: "somebody"),
            ["without subject"] = Create(keys.Current, now, subject: ""),
            ["unknown personal token"] = "mao_pat_" + new string('a', 43),
        };
    }

    /// <summary>The token the others are forged from, with nothing wrong.</summary>
    public static string Good(SigningKeys keys, DateTimeOffset now) => Create(keys.Current, now);

    private static string Create(
        SecurityKey key,
        DateTimeOffset now,
        string algorithm = SecurityAlgorithms.EcdsaSha256,
        string issuer = TokenIssuer.Issuer,
        string audience = TokenIssuer.Audience,
        string subject = "owner") =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.AddMinutes(15).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = subject, ["iat_ms"] = now.ToUnixTimeMilliseconds() },
            SigningCredentials = new SigningCredentials(key, algorithm),
        });
}
