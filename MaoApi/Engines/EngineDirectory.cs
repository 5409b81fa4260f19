using System.Collections.Frozen;
using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Engines;

/// <summary>
/// Account → engine, from the database, remembered for a moment: all of them by one query, so a thousand engines cost what ten do. Pods in
/// this process say at once when one has changed.
/// </summary>
internal sealed class EngineDirectory(IDbContextFactory<MaoHomeContext> contexts, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private long _changes;
    private Reading? _latest;

    /// <summary>The address of an active account's engine; null where there is no such account.</summary>
    public ValueTask<EngineAddress?> FindAsync(string accountId, CancellationToken cancellationToken) =>
        Latest() is { } latest
            ? ValueTask.FromResult(latest.Engines.GetValueOrDefault(accountId))
            : FindAnewAsync(accountId, cancellationToken);

    /// <summary>An account or its engine has changed: what is known is read again before it is used.</summary>
    public void Drop() => Interlocked.Increment(ref _changes);

    public void Dispose() => _reading.Dispose();

    private Reading? Latest() =>
        Volatile.Read(ref _latest) is { } latest && latest.Changes == Interlocked.Read(ref _changes) && time.GetElapsedTime(latest.ReadAt) < MaxAge
            ? latest
            : null;

    private async ValueTask<EngineAddress?> FindAnewAsync(string accountId, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var latest = Latest();
            if (latest is null)
            {
                latest = await ReadAsync(cancellationToken);
                Volatile.Write(ref _latest, latest);
            }

            return latest.Engines.GetValueOrDefault(accountId);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<Reading> ReadAsync(CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        var readAt = time.GetTimestamp();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var engines = await context.Accounts.AsNoTracking()
            .Where(account => account.IsActive)
            .Select(account => new EngineAddress(
                account.AccountId,
                account.EngineHost,
                account.EnginePort ?? 0,
                account.Pod == null ? null : account.Pod.PodId,
                account.Pod != null && (account.Pod.WantedState != PodStates.Running || account.Pod.State != PodStates.Running)))
            .ToListAsync(cancellationToken);
        return new Reading(engines.ToFrozenDictionary(engine => engine.AccountId, StringComparer.Ordinal), changes, readAt);
    }

    /// <summary>What one query found.</summary>
    /// <param name="Engines">By account.</param>
    /// <param name="Changes">How many changes had been told when the reading began.</param>
    /// <param name="ReadAt">Timestamp of its beginning.</param>
    private sealed record Reading(FrozenDictionary<string, EngineAddress> Engines, long Changes, long ReadAt);
}
