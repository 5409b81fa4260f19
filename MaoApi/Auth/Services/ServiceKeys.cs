using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Auth.Services;

/// <summary>
/// The keys services sign with: made, rotated with an overlap, revoked. A secret is told once, to whoever made it. What was read is
/// remembered for a moment: a key revoked elsewhere opens nothing after ten seconds at the latest.
/// </summary>
internal sealed class ServiceKeys(IDbContextFactory<MaoHomeContext> contexts, SecretBox box, TimeProvider time)
{
    /// <summary>How long the secret before a rotation stays good: time to hand the new one to whoever needs it.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private const string KeyIdPrefix = "mk_";
    private const int KeyIdLength = 16;
    private const int SecretLength = 43;
    private const string KeyIdAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    private const string SecretAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Remembered> _keys = new(StringComparer.Ordinal);

    /// <summary>A new key and its secret, about 256 bits.</summary>
    public static ServiceKeySecret Generate() => new(
        KeyIdPrefix + RandomNumberGenerator.GetString(KeyIdAlphabet, KeyIdLength),
        RandomNumberGenerator.GetString(SecretAlphabet, SecretLength));

    /// <summary>The key of that id, or null.</summary>
    public async ValueTask<ServiceKeyEntry?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue(keyId, out var known) && time.GetElapsedTime(known.ReadAt) < MaxAge)
        {
            return known.Key;
        }

        var readAt = time.GetTimestamp();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.ServiceKeys.AsNoTracking().SingleOrDefaultAsync(key => key.KeyId == keyId, cancellationToken);
        if (row is null)
        {
            _keys.TryRemove(keyId, out _);
            return null;
        }

        var accountId = ServiceScopes.AccountOf(row.Scope);
        var isAccountActive = accountId is null
            || await context.Accounts.AnyAsync(account => account.AccountId == accountId && account.IsActive, cancellationToken);
        var entry = new ServiceKeyEntry(
            new ServiceCaller(row.KeyId, row.Scope, accountId),
            row.IsActive,
            row.Expires,
            isAccountActive,
            Encoding.UTF8.GetBytes(box.Open(Owner(keyId), row.Secret)),
            row.PreviousSecret is null ? null : Encoding.UTF8.GetBytes(box.Open(Owner(keyId), row.PreviousSecret)),
            row.PreviousUntil ?? DateTimeOffset.MinValue);
        _keys[keyId] = new Remembered(entry, readAt);
        return entry;
    }

    /// <summary>Adds a key to the unit of work.</summary>
    public ServiceKey Add(MaoHomeContext context, ServiceKeySecret key, string scope, string description)
    {
        var now = time.GetUtcNow();
        var row = new ServiceKey
        {
            KeyId = key.KeyId,
            Scope = scope,
            Description = description,
            Secret = box.Seal(Owner(key.KeyId), key.Secret),
            IsActive = true,
            Created = now,
            Rotated = now,
        };
        context.ServiceKeys.Add(row);
        return row;
    }

    /// <summary>Brings a key that was made elsewhere into the unit of work; another secret of the same key takes the former one's place at once.</summary>
    public async Task TakeInAsync(MaoHomeContext context, ServiceKeySecret key, string scope, string description, CancellationToken cancellationToken)
    {
        if (await context.ServiceKeys.SingleOrDefaultAsync(row => row.KeyId == key.KeyId, cancellationToken) is not { } present)
        {
            Add(context, key, scope, description);
        }
        else if (present.Scope != scope || !present.IsActive || Reveal(present) != key)
        {
            present.Scope = scope;
            present.IsActive = true;
            present.Secret = box.Seal(Owner(key.KeyId), key.Secret);
            present.Rotated = time.GetUtcNow();
        }
    }

    /// <summary>
    /// Gives a key of the unit of work a new secret; the one it had stays good for <see cref="Overlap"/>. Once that is stored, <see cref="Drop"/>.
    /// </summary>
    /// <returns>The new secret, which is told nowhere else.</returns>
    public ServiceKeySecret Rotate(ServiceKey key)
    {
        var next = Generate() with { KeyId = key.KeyId };
        var now = time.GetUtcNow();
        key.PreviousSecret = key.Secret;
        key.PreviousUntil = now + Overlap;
        key.Secret = box.Seal(Owner(key.KeyId), next.Secret);
        key.Rotated = now;
        return next;
    }

    /// <summary>The present secret, for the file of the engine the key was made for.</summary>
    public ServiceKeySecret Reveal(ServiceKey key) => new(key.KeyId, box.Open(Owner(key.KeyId), key.Secret));

    /// <summary>Forgets a key whose row was changed here.</summary>
    public void Drop(string keyId) => _keys.TryRemove(keyId, out _);

    /// <summary>Forgets all keys.</summary>
    public void Clear() => _keys.Clear();

    internal static string Owner(string keyId) => "service-key/" + keyId;

    private sealed record Remembered(ServiceKeyEntry Key, long ReadAt);
}
