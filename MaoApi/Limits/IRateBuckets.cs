namespace MaoApi.Limits;

/// <summary>
/// The token buckets of all callers: in memory where one instance runs, in the shared store where several do. Safe from any thread. The
/// number of buckets is bounded; one that is full again may be forgotten at any time.
/// </summary>
internal interface IRateBuckets
{
    /// <summary>Takes one request out of a bucket.</summary>
    ValueTask<RateTake> TakeAsync(RateKey key, RateBudget budget);

    /// <summary>The engine behind this caller's request said "too many": the caller's bucket fills more slowly for a while.</summary>
    ValueTask SlowDownAsync(RateKey key);

    /// <summary>The lowest factor any caller's bucket is filled with now; 1 where none is slowed down.</summary>
    double LowestFactor { get; }

    /// <summary>Users who asked for something within a time.</summary>
    int CountUsers(TimeSpan within);
}
