using System.Collections.Concurrent;
using MaoApi.Idempotency;

namespace MaoTrade.Tests.Api.Idempotency;

/// <summary>A store that can be told to fail, and read.</summary>
internal sealed class MemoryIdempotencyStore(TimeProvider time) : IIdempotencyStore
{
    public ConcurrentDictionary<IdempotencyKey, IdempotencyRecord> Records { get; } = new();

    /// <summary>Thrown where an answer is to be kept.</summary>
    public Exception? FaultOfComplete { get; set; }

    public Task<IdempotencyRecord?> TakeAsync(IdempotencyKey key, string route, string bodyHash, CancellationToken cancellationToken)
    {
        var fresh = new IdempotencyRecord(route, bodyHash, time.GetUtcNow(), null);
        var kept = Records.GetOrAdd(key, fresh);
        return Task.FromResult(ReferenceEquals(kept, fresh) ? null : kept);
    }

    public Task CompleteAsync(IdempotencyKey key, StoredAnswer answer, CancellationToken cancellationToken)
    {
        if (FaultOfComplete is { } fault)
        {
            throw fault;
        }

        Records[key] = Records[key] with { Answer = answer };
        return Task.CompletedTask;
    }

    public Task ReleaseAsync(IdempotencyKey key, CancellationToken cancellationToken)
    {
        Records.TryRemove(key, out _);
        return Task.CompletedTask;
    }
}
