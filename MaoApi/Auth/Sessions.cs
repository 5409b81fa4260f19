using System.Security.Cryptography;
using System.Text;
using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Auth;

/// <summary>Refresh tokens: each is used once and replaced; one that comes a second time was stolen, and its whole family ends.</summary>
internal sealed class Sessions(IDbContextFactory<MaoHomeContext> contexts, UserDirectory users, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    public static readonly TimeSpan RememberedLifetime = TimeSpan.FromDays(30);
    private const int TokenBytes = 32;

    /// <summary>Adds the first token of a new family to the unit of work.</summary>
    public string Open(MaoHomeContext context, int userKey, bool remember, string? address, string? deviceId) =>
        Add(context, new Session
        {
            UserKey = userKey,
            Family = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
            TokenHash = "",
            LifetimeSeconds = (long)(remember ? RememberedLifetime : Lifetime).TotalSeconds,
            ClientAddress = address,
            DeviceId = deviceId,
        });

    /// <summary>Exchanges a token for the next of its family. Null where it is unknown, over, or was used before.</summary>
    public async Task<Renewal?> RenewAsync(string token, string? address, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = Hash(token);
        var session = await context.Sessions.SingleOrDefaultAsync(row => row.TokenHash == hash, cancellationToken);
        if (session is null || session.Expires <= time.GetUtcNow())
        {
            return null;
        }

        if (session.UsedAt is not null)
        {
            await EndStolenAsync(context, session, cancellationToken);
            return null;
        }

        session.UsedAt = time.GetUtcNow();
        var next = Add(context, new Session
        {
            UserKey = session.UserKey,
            Family = session.Family,
            TokenHash = "",
            LifetimeSeconds = session.LifetimeSeconds,
            ClientAddress = address,
            DeviceId = session.DeviceId,
        });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody used the same token a moment ago.
            await EndStolenAsync(context, session, cancellationToken);
            return null;
        }

        var userId = await context.Users.Where(user => user.Id == session.UserKey).Select(user => user.UserId).SingleAsync(cancellationToken);
        return new Renewal(userId, next);
    }

    /// <summary>Ends every session of the user, and within ten seconds every access token of theirs, wherever it is shown.</summary>
    public async Task EndAllAsync(int userKey, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.InTransactionAsync(
            async () =>
            {
                var ended = await context.Sessions.Where(row => row.UserKey == userKey).ExecuteDeleteAsync(cancellationToken);
                await EndTokensAsync(context, userKey, cancellationToken);
                return (ended, true);
            },
            () => Task.FromResult(false),
            cancellationToken);
    }

    /// <summary>Ends the family of a token. The access token made with it ends by itself.</summary>
    public async Task EndAsync(int userKey, string token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = Hash(token);
        var family = await context.Sessions.Where(row => row.TokenHash == hash && row.UserKey == userKey)
            .Select(row => row.Family).SingleOrDefaultAsync(cancellationToken);
        if (family is not null)
        {
            await EndFamilyAsync(context, family, cancellationToken);
        }
    }

    /// <summary>Whoever used the token first may hold an access token too, so those end as well; honest clients renew theirs.</summary>
    private async Task EndStolenAsync(MaoHomeContext context, Session session, CancellationToken cancellationToken)
    {
        await EndFamilyAsync(context, session.Family, cancellationToken);
        await EndTokensAsync(context, session.UserKey, cancellationToken);
    }

    private async Task EndTokensAsync(MaoHomeContext context, int userKey, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        await context.Users.Where(user => user.Id == userKey)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.TokensFrom, now), cancellationToken);
        users.Drop(await context.Users.Where(user => user.Id == userKey).Select(user => user.UserId).SingleAsync(cancellationToken));
    }

    private static Task<int> EndFamilyAsync(MaoHomeContext context, string family, CancellationToken cancellationToken) =>
        context.Sessions.Where(row => row.Family == family).ExecuteDeleteAsync(cancellationToken);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private string Add(MaoHomeContext context, Session session)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        session.TokenHash = Hash(token);
        session.Expires = time.GetUtcNow() + TimeSpan.FromSeconds(session.LifetimeSeconds);
        context.Sessions.Add(session);
        return token;
    }
}

/// <summary>The next refresh token, and whose it is.</summary>
internal sealed record Renewal(string UserId, string RefreshToken);
