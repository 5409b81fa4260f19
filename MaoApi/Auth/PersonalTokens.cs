using System.Collections.Concurrent;
using System.Security.Cryptography;
using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Auth;

/// <summary>
/// Personal access tokens, <c>mao_pat_…</c>: only their hashes are kept. What was read is remembered for a moment: one revoked elsewhere opens
/// nothing after ten seconds at the latest.
/// </summary>
internal sealed class PersonalTokens(IDbContextFactory<MaoHomeContext> contexts, TimeProvider time)
{
    private const string Prefix = "mao_pat_";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int RandomLength = 43;
    private const int MaxRemembered = 20_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<TokenHash, Remembered> _tokens = new();

    public static bool IsOne(ReadOnlySpan<char> token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>A new token, about 256 bits.</summary>
    public static string Generate() => Prefix + RandomNumberGenerator.GetString(Alphabet, RandomLength);

    /// <summary>What the token of that hash proves, or null where there is none, it is over or was revoked.</summary>
    public async ValueTask<TokenProof?> FindAsync(TokenHash hash, CancellationToken cancellationToken)
    {
        if (!_tokens.TryGetValue(hash, out var known) || time.GetElapsedTime(known.ReadAt) >= MaxAge)
        {
            known = new Remembered(await ReadAsync(hash.ToHex(), cancellationToken), time.GetTimestamp());
            Remember(hash, known);
        }

        return known.Proof is { } proof && time.GetUtcNow() < proof.Expires ? proof : null;
    }

    /// <summary>Forgets what was read: a token was revoked here.</summary>
    public void Drop() => _tokens.Clear();

    private void Remember(TokenHash hash, Remembered known)
    {
        // Strangers' guesses are not remembered: they would push out what is used.
        if (known.Proof is null)
        {
            _tokens.TryRemove(hash, out _);
            return;
        }

        if (_tokens.Count >= MaxRemembered)
        {
            _tokens.Clear();
        }

        _tokens[hash] = known;
    }

    private async Task<TokenProof?> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AccessTokens.AsNoTracking()
            .Where(token => token.TokenHash == hash && token.Revoked == null)
            .Select(token => new TokenProof(token.User!.UserId, token.Created, token.Expires, token.Scope))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record Remembered(TokenProof? Proof, long ReadAt);
}
