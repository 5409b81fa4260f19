using Microsoft.AspNetCore.Cors.Infrastructure;

namespace MaoApi.Http;

/// <summary>What pages of the listed origins may do. Tokens travel in a header they set themselves, so no cookies are ever allowed.</summary>
internal static class CrossOrigin
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    public static void Configure(CorsPolicyBuilder policy, IReadOnlyList<string> origins) => policy
        .WithOrigins([.. origins])
        .WithMethods("GET", "POST", "PUT", "DELETE")
        .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "deviceid", "traceparent", "tracestate", "If-None-Match", "Last-Event-ID", "Range")
        .WithExposedHeaders(
            "X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "ETag", "Content-Disposition", "Idempotency-Replayed")
        .SetPreflightMaxAge(Remembered);
}
