using MaoApi.Auth;
using MaoApi.Http;
using MaoApi.Limits;

namespace MaoApi.Features.Health;

/// <summary><c>/health</c>: open to all, details only for callers on this machine and for a monitor's key.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/health").WithTags("health").RequireAccess(AccessLevel.Anyone).Probes();
        group.MapGet("/live", Live.Handle)
            .Describe(
                "Whether the process answers",
                null,
                """{"code":0,"message":"alive","data":{"status":"alive","version":"1.0.0","startedAt":"2026-11-21T08:00:00Z"}}""");
        group.MapGet("/ready", Ready.HandleAsync)
            .Describe(
                "Whether requests should be sent here",
                null,
                """{"code":0,"message":"ready","data":{"status":"ready","time":"2026-11-21T08:00:00Z","version":"1.0.0","checks":{"database":{"status":"healthy","ms":1,"message":""}}}}""",
                ApiCodes.Database);
    }
}
