using System.Threading.RateLimiting;
using MaoApi.Hosting;
using MaoApi.Http;

namespace MaoApi.Auth;

/// <summary>One token bucket per user over all routes that ask for one; every answer says what is left.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimitOptions options) : IAsyncDisposable
{
    private readonly string _limit = options.Requests.ToString();
    private readonly double _perSecond = options.Requests / options.Window.TotalSeconds;

    private readonly PartitionedRateLimiter<int> _buckets = PartitionedRateLimiter.Create<int, int>(userKey =>
        RateLimitPartition.GetTokenBucketLimiter(userKey, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Requests,
            TokensPerPeriod = Math.Max(1, (int)(options.Requests / options.Window.TotalSeconds)),
            ReplenishmentPeriod = options.Requests >= options.Window.TotalSeconds
                ? TimeSpan.FromSeconds(1)
                : options.Window / options.Requests,
            QueueLimit = 0,
        }));

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<Caller>() is not { } caller)
        {
            return next(context);
        }

        return Take(caller.UserKey, context.Response.Headers) is { } retryAfter
            ? (Failure.Of(ApiCodes.RateLimited) with { RetryAfter = retryAfter }).ExecuteAsync(context)
            : next(context);
    }

    public ValueTask DisposeAsync() => _buckets.DisposeAsync();

    /// <summary>Takes a token. Returns when the next one comes where there is none.</summary>
    private TimeSpan? Take(int userKey, IHeaderDictionary headers)
    {
        using var lease = _buckets.AttemptAcquire(userKey);
        var remaining = _buckets.GetStatistics(userKey)?.CurrentAvailablePermits ?? 0;
        headers["RateLimit-Limit"] = _limit;
        headers["RateLimit-Remaining"] = remaining.ToString();
        headers["RateLimit-Reset"] = ((long)Math.Ceiling((options.Requests - remaining) / _perSecond)).ToString();
        if (lease.IsAcquired)
        {
            return null;
        }

        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }
}
