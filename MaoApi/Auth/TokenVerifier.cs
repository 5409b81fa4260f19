using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MaoApi.Auth;

/// <summary>
/// Verifies access tokens: signature, algorithm, issuer, audience and times. A verified token is remembered by its hash for at most
/// a minute and never beyond its end; a refused one is never remembered.
/// </summary>
internal sealed class TokenVerifier(SigningKeys keys, TimeProvider time)
{
    private const int MaxRemembered = 20_000;

    /// <summary>Longer than any token of ours, short enough to cost a stranger more than us.</summary>
    private const int MaxTokenLength = 4096;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };
    private readonly TokenValidationParameters _parameters = Parameters(keys, time);
    private readonly ConcurrentDictionary<TokenHash, Verified> _verified = new();

    /// <summary>The user the token speaks for, or null where it is missing or proves nothing.</summary>
    public ValueTask<string?> VerifyAsync(ReadOnlyMemory<char> token)
    {
        if (token.IsEmpty || token.Length > MaxTokenLength || !Ascii.IsValid(token.Span))
        {
            return ValueTask.FromResult<string?>(null);
        }

        var hash = TokenHash.Of(token.Span);
        return _verified.TryGetValue(hash, out var known) && time.GetUtcNow() < known.Until
            ? ValueTask.FromResult<string?>(known.UserId)
            : VerifyAnewAsync(token.ToString(), hash);
    }

    private async ValueTask<string?> VerifyAnewAsync(string token, TokenHash hash)
    {
        _verified.TryRemove(hash, out _);
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken { Subject.Length: > 0 } verified || IssuedInFuture(verified))
        {
            return null;
        }

        if (_verified.Count >= MaxRemembered)
        {
            _verified.Clear();
        }

        var expires = new DateTimeOffset(verified.ValidTo, TimeSpan.Zero);
        var remembered = time.GetUtcNow() + MaxAge;
        _verified[hash] = new Verified(verified.Subject, expires < remembered ? expires : remembered);
        return verified.Subject;
    }

    private bool IssuedInFuture(JsonWebToken token) => token.IssuedAt > (time.GetUtcNow() + MaxSkew).UtcDateTime;

    private static TokenValidationParameters Parameters(SigningKeys keys, TimeProvider time) => new()
    {
        ValidIssuer = TokenIssuer.Issuer,
        ValidAudience = TokenIssuer.Audience,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeys = keys.All,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
            time.GetUtcNow().UtcDateTime is var now && expires > now && (notBefore is null || notBefore <= now + MaxSkew),
    };

    private sealed record Verified(string UserId, DateTimeOffset Until);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
    {
        public static TokenHash Of(ReadOnlySpan<char> token)
        {
            Span<byte> bytes = stackalloc byte[MaxTokenLength];
            Span<ulong> hash = stackalloc ulong[4];
            SHA256.HashData(bytes[..Encoding.ASCII.GetBytes(token, bytes)], MemoryMarshal.AsBytes(hash));
            return new TokenHash(hash[0], hash[1], hash[2], hash[3]);
        }
    }
}
