using System.Collections.Concurrent;

namespace MaoApi.Limits;

/// <summary>The buckets of the one instance that runs. A bucket of somebody who has not called for long is forgotten for a new one.</summary>
internal sealed class MemoryRateBuckets(TimeProvider time) : IRateBuckets
{
    public const int MaxBuckets = 50_000;

    private readonly ConcurrentDictionary<RateKey, RateBucket> _buckets = new();
    private readonly Lock _room = new();
    private readonly long _origin = time.GetTimestamp();

    public int Count => _buckets.Count;

    public double LowestFactor
    {
        get
        {
            var now = Now();
            var lowest = 1.0;
            foreach (var bucket in _buckets.Values)
            {
                lock (bucket)
                {
                    lowest = Math.Min(lowest, bucket.Factor(now));
                }
            }

            return lowest;
        }
    }

    public int CountUsers(TimeSpan within)
    {
        var since = Now() - within;
        return _buckets.Count(pair => pair.Key is { Owner: RateOwner.User, Action: RateAction.Any } && pair.Value.UsedAt >= since);
    }

    public ValueTask<RateTake> TakeAsync(RateKey key, RateBudget budget)
    {
        var now = Now();
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            MakeRoom();
            bucket = _buckets.GetOrAdd(key, static (_, state) => new RateBucket(state.Limit, state.Now), (budget.Limit, Now: now));
        }

        lock (bucket)
        {
            return new(bucket.Take(budget, now > bucket.UsedAt ? now : bucket.UsedAt));
        }
    }

    public ValueTask SlowDownAsync(RateKey key)
    {
        if (_buckets.TryGetValue(key, out var bucket))
        {
            lock (bucket)
            {
                bucket.SlowDown(Now());
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Forgets a tenth, those first that were asked longest ago: a flood of strangers costs a bounded number of bytes.</summary>
    private void MakeRoom()
    {
        if (_buckets.Count < MaxBuckets)
        {
            return;
        }

        lock (_room)
        {
            if (_buckets.Count < MaxBuckets)
            {
                return;
            }

            foreach (var (key, _) in _buckets.ToArray().OrderBy(pair => pair.Value.UsedAt).Take(MaxBuckets / 10))
            {
                _buckets.TryRemove(key, out _);
            }
        }
    }

    private TimeSpan Now() => time.GetElapsedTime(_origin);
}
