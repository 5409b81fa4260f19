using System.Collections.Concurrent;
using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Engines;

/// <summary>Account → engine, from the database, remembered for a moment; pods in this process say at once when one has changed.</summary>
internal sealed class EngineDirectory(IDbContextFactory<MaoHomeContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Entry> _engines = new(StringComparer.Ordinal);

    /// <summary>The address of an active account's engine; null where there is no such account.</summary>
    public async ValueTask<EngineAddress?> FindAsync(string accountId, CancellationToken cancellationToken)
    {
        if (_engines.TryGetValue(accountId, out var known) && time.GetElapsedTime(known.ReadAt) < MaxAge)
        {
            return known.Address;
        }

        var readAt = time.GetTimestamp();
        var address = await ReadAsync(accountId, cancellationToken);
        if (address is not null)
        {
            _engines[accountId] = new Entry(address, readAt);
        }
        else
        {
            _engines.TryRemove(accountId, out _);
        }

        return address;
    }

    /// <summary>Forgets what is known of an account's engine.</summary>
    public void Drop(string accountId) => _engines.TryRemove(accountId, out _);

    /// <summary>Forgets all engines.</summary>
    public void Clear() => _engines.Clear();

    private async Task<EngineAddress?> ReadAsync(string accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Accounts.AsNoTracking()
            .Where(account => account.AccountId == accountId && account.IsActive)
            .Select(account => new EngineAddress(
                account.AccountId,
                account.EngineHost,
                account.EnginePort ?? 0,
                account.Pod == null ? null : account.Pod.PodId,
                account.Pod != null && (account.Pod.WantedState != PodStates.Running || account.Pod.State != PodStates.Running)))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record Entry(EngineAddress Address, long ReadAt);
}
