using System.Collections.Concurrent;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MaoApi.Auth;

/// <summary>
/// Tells whose a token is. A signed token that was verified is remembered by its hash for at most a minute and never beyond its end; one that
/// was refused is never remembered. While those who vouch for tokens cannot be asked, what they said last counts for a quarter of an hour.
/// </summary>
internal sealed class TokenVerifier(IEnumerable<ITokenSource> sources, PersonalTokens personal, TimeProvider time)
{
    private const int MaxRemembered = 20_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(60);

    /// <summary>As long as an access token of our own would outlast its session.</summary>
    private static readonly TimeSpan MaxStale = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, ITokenSource> _sources = sources.ToDictionary(source => source.Issuer, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TokenHash, Verified> _verified = new();

    /// <summary>What the token proves, or null where it is missing or proves nothing.</summary>
    /// <exception cref="IdentityUnavailableException">Those who would have to vouch for it cannot be asked.</exception>
    public ValueTask<TokenProof?> VerifyAsync(ReadOnlyMemory<char> token, CancellationToken cancellationToken)
    {
        if (token.IsEmpty || token.Length > TokenHash.MaxTokenLength || !Ascii.IsValid(token.Span))
        {
            return ValueTask.FromResult<TokenProof?>(null);
        }

        var hash = TokenHash.Of(token.Span);
        if (PersonalTokens.IsOne(token.Span))
        {
            return personal.FindAsync(hash, cancellationToken);
        }

        return _verified.TryGetValue(hash, out var known) && time.GetUtcNow() < known.Until
            ? ValueTask.FromResult<TokenProof?>(known.Proof)
            : VerifyAnewAsync(token.ToString(), hash, cancellationToken);
    }

    private async ValueTask<TokenProof?> VerifyAnewAsync(string token, TokenHash hash, CancellationToken cancellationToken)
    {
        if (Read(token) is not { Issuer: { } issuer } read || !_sources.TryGetValue(issuer, out var source))
        {
            return null;
        }

        var askedAt = time.GetUtcNow();
        try
        {
            if (await source.VerifyAsync(read, cancellationToken) is not { } proof)
            {
                _verified.TryRemove(hash, out _);
                return null;
            }

            Remember(hash, proof, askedAt);
            return proof;
        }
        catch (IdentityUnavailableException) when (_verified.TryGetValue(hash, out var known) && askedAt < known.StaleUntil)
        {
            return known.Proof;
        }
    }

    private void Remember(TokenHash hash, TokenProof proof, DateTimeOffset askedAt)
    {
        if (_verified.Count >= MaxRemembered)
        {
            _verified.Clear();
        }

        _verified[hash] = new Verified(proof, Earlier(proof.Expires, askedAt + MaxAge), Earlier(proof.Expires, askedAt + MaxStale));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    /// <summary>The token taken apart, nothing of it believed; null where it is none.</summary>
    private static JsonWebToken? Read(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException or FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private sealed record Verified(TokenProof Proof, DateTimeOffset Until, DateTimeOffset StaleUntil);
}
