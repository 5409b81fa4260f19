using MaoApi.Auth;
using MaoApi.Http;
using MaoApi.Limits;

namespace MaoApi.Features.Admin;

/// <summary><c>/admin/logs</c>: the log of the gateway and of all engines in one place.</summary>
internal static class LogRoutes
{
    public static void MapAdminLogs(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/admin/logs").WithTags("admin").RequireAccess(AccessLevel.Admin);
        group.MapPost("/search", SearchLogs.HandleAsync)
            .Describe(
                "The log of the platform, newest first, by level, program, account, words, request and time",
                """{"level":"warning","account":"demo1","text":"order refused","limit":50}""",
                """{"code":0,"message":"","data":{"items":[{"id":1042,"app":"maotrade","mtaccount":"demo1","compname":"host1","module":"TradeManager","funcName":null,"lineno":null,"levelName":"ERROR","thread":null,"topic":null,"topicId":null,"message":"order refused","stacktrace":null,"timestamp":"2026-11-21T08:00:00.283Z","localtime":"2026-11-21T09:00:00.283","fileLog":"maotrade-2026-11-21.log","rid":null,"event":null}],"cursor":"1795248000283-1042"}}""",
                ApiCodes.LogStore);
        group.MapGet("/tail", TailLogs.HandleAsync).Streams()
            .Describe(
                "New events of the log as they come, as server-sent events; Last-Event-ID goes on after an event",
                null,
                null,
                ApiCodes.LogStore,
                ApiCodes.TooManyInFlight);
    }
}
