using System.Globalization;
using MaoApi.Http;
using MaoApi.Telemetry;

namespace MaoApi.Limits;

/// <summary>Asks a bucket for one request and tells the caller what is left in it.</summary>
internal sealed class RateGuard(IRateBuckets buckets, GatewayMetrics metrics)
{
    /// <summary>Null where the request may go on. The headers are those of the shared bucket, or of the bucket that refused.</summary>
    public async ValueTask<Failure?> RefuseAsync(HttpContext context, RateKey key, RateBudget budget)
    {
        using var span = Tracing.Source.StartActivity("rate limit");
        var take = await buckets.TakeAsync(key, budget);
        if (!take.Allowed || key.Action is RateAction.Any or RateAction.Anonymous)
        {
            Tell(context.Response.Headers, take);
        }

        if (take.Allowed)
        {
            metrics.RateTokenTaken();
            return null;
        }

        metrics.RateLimited(key.Action.Name(), take.RetryAfter.TotalSeconds);
        return Failure.Of(ApiCodes.RateLimited) with { RetryAfter = take.RetryAfter };
    }

    public ValueTask SlowDownAsync(RateKey key) => buckets.SlowDownAsync(key);

    private static void Tell(IHeaderDictionary headers, in RateTake take)
    {
        headers["RateLimit-Limit"] = take.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = take.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = ((long)Math.Ceiling(take.ResetAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
