using MaoApi.Auth;
using MaoApi.Http;

namespace MaoApi.Features.Admin;

/// <summary><c>/admin/pods</c>: the engines' processes.</summary>
internal static class PodRoutes
{
    private const string OnePod = """{"accountId":"demo1"}""";

    private const string Accepted =
        """{"code":0,"message":"","data":{"accountId":"demo1","podId":"4711/9c1f","name":"mt-demo1","driver":"process","opMode":"running","opRequest":"restart","state":"running","exitCode":null,"startedAt":"2026-11-21T08:00:00.000Z","restarts":0,"cpuPercent":1.5,"memoryBytes":96468992,"detail":null}}""";

    public static void MapAdminPods(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/admin/pods").WithTags("admin").RequireAccess(AccessLevel.Admin);
        group.MapPost("/list", ListPods.HandleAsync)
            .Describe(
                "The engines' processes: what is wanted, what is, what they use",
                """{"filter":{"state":"error"},"limit":50}""",
                """{"code":0,"message":"","data":{"items":[{"accountId":"demo1","podId":"4711/9c1f","name":"mt-demo1","driver":"process","opMode":"running","opRequest":null,"state":"running","exitCode":null,"startedAt":"2026-11-21T08:00:00.000Z","restarts":0,"cpuPercent":1.5,"memoryBytes":96468992,"detail":null}],"cursor":null}}""");
        group.MapPost("/start", SwitchPod.StartAsync)
            .Describe("Starts an engine, also one that was given up after crashes; one that runs is left alone", OnePod, Accepted);
        group.MapPost("/stop", SwitchPod.StopAsync)
            .Describe("Stops an engine and keeps it stopped", OnePod, Accepted);
        group.MapPost("/restart", SwitchPod.RestartAsync)
            .Describe("Stops an engine and starts it again", OnePod, Accepted);
        group.MapPost("/logs", PodLines.HandleAsync)
            .Describe(
                "The last lines an engine wrote, with what it said when it crashed",
                """{"accountId":"demo1","lines":100}""",
                """{"code":0,"message":"","data":{"lines":["[2026-11-21 08:00:00,123] [INFO    ] [TradeManager] ready"]}}""");
    }
}
