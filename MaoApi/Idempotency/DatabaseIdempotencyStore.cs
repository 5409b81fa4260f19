using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Idempotency;

/// <summary>The records in table <c>mao_idempotency</c>: they outlive the gateway and are seen by every instance.</summary>
internal sealed class DatabaseIdempotencyStore(IDbContextFactory<MaoHomeContext> contexts, TimeProvider time) : IIdempotencyStore
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan CleaningInterval = TimeSpan.FromMinutes(10);

    private long _cleanedAt = time.GetTimestamp();

    public async Task<IdempotencyRecord?> TakeAsync(IdempotencyKey key, string route, string bodyHash, CancellationToken cancellationToken)
    {
        await CleanAsync(cancellationToken);
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, key, now, cancellationToken) is { } known)
        {
            return known;
        }

        // Only what is over: a row that is not was taken by somebody else since.
        await Rows(context, key).Where(row => row.Expires <= now).ExecuteDeleteAsync(cancellationToken);
        context.Add(new IdempotentAnswer
        {
            Caller = key.Caller,
            Key = key.Key,
            Route = route,
            BodyHash = bodyHash,
            Created = now,
            Expires = now + Lifetime,
        });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException)
        {
            // Somebody took the key a moment ago; anything else is a fault of the database.
            context.ChangeTracker.Clear();
            if (await FindAsync(context, key, now, cancellationToken) is { } other)
            {
                return other;
            }

            throw;
        }
    }

    public async Task CompleteAsync(IdempotencyKey key, StoredAnswer answer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await Rows(context, key).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.Status, answer.Status)
                .SetProperty(r => r.ContentType, answer.ContentType)
                .SetProperty(r => r.Answer, answer.Body),
            cancellationToken);
    }

    public async Task ReleaseAsync(IdempotencyKey key, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await Rows(context, key).Where(row => row.Status == null).ExecuteDeleteAsync(cancellationToken);
    }

    private static IQueryable<IdempotentAnswer> Rows(MaoHomeContext context, IdempotencyKey key) =>
        context.IdempotentAnswers.Where(row => row.Caller == key.Caller && row.Key == key.Key);

    private static async Task<IdempotencyRecord?> FindAsync(
        MaoHomeContext context, IdempotencyKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await Rows(context, key).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return row is null || row.Expires <= now
            ? null
            : new IdempotencyRecord(
                row.Route, row.BodyHash, row.Created, row.Status is { } status ? new StoredAnswer(status, row.ContentType, row.Answer ?? []) : null);
    }

    /// <summary>Records of yesterday go now and then.</summary>
    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var cleanedAt = Interlocked.Read(ref _cleanedAt);
        if (time.GetElapsedTime(cleanedAt) < CleaningInterval
            || Interlocked.CompareExchange(ref _cleanedAt, time.GetTimestamp(), cleanedAt) != cleanedAt)
        {
            return;
        }

        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.IdempotentAnswers.Where(row => row.Expires <= now).ExecuteDeleteAsync(cancellationToken);
    }
}
