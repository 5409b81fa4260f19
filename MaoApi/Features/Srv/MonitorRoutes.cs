using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Srv;

/// <summary><c>/srv/monitor</c>: for a monitor's key.</summary>
internal static class MonitorRoutes
{
    public static void MapMonitor(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/srv").WithTags("srv").RequireAccess(AccessLevel.Monitor);
        group.MapGet("/monitor", PlatformStanding.HandleAsync)
            .Describe(
                "Pods, jobs, the log and the roles of the platform, for monitoring",
                null,
                """{"code":0,"message":"","data":{"pods":[{"accountId":"demo1","podId":"4711/9c1f","name":"mt-demo1","driver":"process","opMode":"running","opRequest":null,"state":"running","exitCode":null,"startedAt":"2026-11-21T08:00:00.000Z","restarts":0,"cpuPercent":1.5,"memoryBytes":96468992,"detail":null}],"jobs":[{"name":"purge","lastRun":"2026-11-21T07:17:00.000Z","lastState":"done","nextRun":"2026-11-21T08:17:00.000Z","lateS":0}],"logs":{"lastAt":"2026-11-21T08:00:00.000Z","lagS":0,"dropped":0},"roles":[{"name":"pod","machine":"mao1","lastAt":"2026-11-21T08:00:00.000Z","silentS":4}]}}""",
                ApiCodes.LogStore);
        group.MapGet("/monitor/engine/{accountId}", EngineStanding.HandleAsync)
            .Describe(
                "Where the engine of an account stands: whether it answers, trades, has its broker and fresh data",
                null,
                """{"code":0,"message":"","data":{"accountId":"demo1","opMode":"running","answers":true,"message":"","ms":2,"state":"ready","stale":false,"brokerConnected":true,"feedAvailable":true,"lastFrameAt":"2026-11-21T08:00:00.000Z","unknownOrders":0}}""",
                ApiCodes.NoData);
    }
}
