using MaoApi.Auth;
using MaoApi.Http;
using MaoApi.Limits;

namespace MaoApi.Features.Monitoring;

/// <summary><c>/metrics</c>: for this machine and for monitors.</summary>
internal static class MonitoringRoutes
{
    public static void MapMonitoring(this IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", Metrics.Handle).WithTags("monitoring").RequireAccess(AccessLevel.LocalOrMonitor).Probes()
            .Describe("What the gateway counts and measures, as text for Prometheus", null, null);
}
