using System.Collections.Concurrent;
using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Auth;

/// <summary>The users of the database, remembered for a moment: a blocked user is out after ten seconds at the latest.</summary>
internal sealed class UserDirectory(IDbContextFactory<MaoHomeContext> contexts, TimeProvider time)
{
    /// <summary>A block or a new role must work while whoever ordered it still watches; a query per request costs too much.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Entry> _users = new(StringComparer.Ordinal);

    /// <summary>The user's row, or null where there is none.</summary>
    public async ValueTask<Caller?> FindAsync(string userId, CancellationToken cancellationToken)
    {
        if (_users.TryGetValue(userId, out var known) && time.GetElapsedTime(known.ReadAt) < MaxAge)
        {
            return known.Caller;
        }

        return await FindAnewAsync(userId, cancellationToken);
    }

    /// <summary>The user's row as it is now: what an administrator may do is asked of the database each time.</summary>
    public async ValueTask<Caller?> FindAnewAsync(string userId, CancellationToken cancellationToken)
    {
        var readAt = time.GetTimestamp();
        var caller = await ReadAsync(userId, cancellationToken);
        if (caller is not null)
        {
            _users[userId] = new Entry(caller, readAt);
        }
        else
        {
            _users.TryRemove(userId, out _);
        }

        return caller;
    }

    /// <summary>Forgets a user whose row was changed here.</summary>
    public void Drop(string userId) => _users.TryRemove(userId, out _);

    /// <summary>Forgets all users.</summary>
    public void Clear() => _users.Clear();

    private async Task<Caller?> ReadAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == userId, cancellationToken);
        if (user is null)
        {
            return null;
        }

        var accounts = await context.AccountRoles.AsNoTracking()
            .Where(role => role.UserKey == user.Id && role.Account!.IsActive)
            .OrderBy(role => role.Account!.AccountId)
            .Select(role => new CallerAccount(role.Account!.AccountId, role.Role))
            .ToListAsync(cancellationToken);
        return new Caller(
            user.Id, user.UserId, user.DisplayName, user.Email, user.Status, user.ValidUntil, user.IsAdmin, accounts)
        {
            TokensFrom = user.TokensFrom,
        };
    }

    private sealed record Entry(Caller Caller, long ReadAt);
}
