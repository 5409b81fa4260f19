using Microsoft.IdentityModel.JsonWebTokens;

namespace MaoApi.Auth.Firebase;

/// <summary>What Firebase's documentation asks of an ID token beside its signature.</summary>
internal static class FirebaseClaims
{
    private const int MaxSubjectLength = 128;

    private static readonly long MaxEnd = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(30);

    public static string IssuerOf(string project) => "https://securetoken.google.com/" + project;

    /// <summary>What the token's claims say, provided somebody has vouched for them; null where one is missing or wrong.</summary>
    public static TokenProof? Read(JsonWebToken token, string project, DateTimeOffset now)
    {
        var latest = (now + MaxSkew).ToUnixTimeSeconds();
        return token.Issuer == IssuerOf(project)
            && token.Audiences.SequenceEqual([project], StringComparer.Ordinal)
            && token.Subject is { Length: > 0 and <= MaxSubjectLength }
            && Seconds(token, "exp") is { } expires && expires > now.ToUnixTimeSeconds()
            && Seconds(token, "iat") is { } issued && issued <= latest
            && Seconds(token, "auth_time") is { } authenticated && authenticated <= latest
            ? new TokenProof(
                token.Subject, DateTimeOffset.FromUnixTimeSeconds(authenticated), DateTimeOffset.FromUnixTimeSeconds(Math.Min(expires, MaxEnd)))
            : null;
    }

    private static long? Seconds(JsonWebToken token, string claim) => token.TryGetPayloadValue<long>(claim, out var seconds) && seconds > 0 ? seconds : null;
}
