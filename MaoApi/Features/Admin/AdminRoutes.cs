using MaoApi.Auth;
using MaoApi.Features.Admin.Accounts;
using MaoApi.Features.Admin.Audit;
using MaoApi.Features.Admin.Brokers;
using MaoApi.Features.Admin.Epics;
using MaoApi.Features.Admin.Feeds;
using MaoApi.Features.Admin.Flags;
using MaoApi.Features.Admin.Keys;
using MaoApi.Features.Admin.Roles;
using MaoApi.Features.Admin.Studies;
using MaoApi.Features.Admin.Symbols;
using MaoApi.Features.Admin.TradingSystems;
using MaoApi.Features.Admin.Users;
using MaoApi.Http;
using MaoApi.Idempotency;
using MaoApi.Limits;

namespace MaoApi.Features.Admin;

/// <summary><c>/admin</c>: for users with the <c>admin</c> flag.</summary>
internal static class AdminRoutes
{
    public static void MapAdmin(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/admin").WithTags("admin").RequireAccess(AccessLevel.Admin);
        group.MapAccounts();
        group.MapUsers();
        group.MapBrokers();
        group.MapSymbols();
        group.MapEpics();
        group.MapTradingSystems();
        group.MapRoles();
        group.MapServiceKeys();
        group.MapFlags();
        group.MapFeeds();
        group.MapStudies();
        group.MapPost("/audit/list", AuditList.HandleAsync)
            .DescribeList(
                "Who changed what, newest first, page by page",
                """{"filter":{"what":"accounts/","from":"2026-11-01T00:00:00Z"}}""",
                """{"at":"2026-11-21T10:00:00.000Z","who":"admin","ip":"127.0.0.1","agent":"curl/8","what":"accounts/update","target":"demo1","before":{"active":true},"after":{"active":false},"rid":"0af7651916cd43dd8448eb211c80319c"}""");
        group.MapPost("/logmt", EngineLog.HandleAsync).ForAccount().Limited(RateAction.Heavy).Downloads()
            .Describe(
                "The log of an engine of a day or of several, as ZIP",
                """{"accountId":"demo1","logDate":"2026-11-21"}""",
                null,
                ApiCodes.EngineNotFound,
                ApiCodes.EngineFault,
                ApiCodes.WireConnect,
                ApiCodes.WireTimeout,
                ApiCodes.WireBroken,
                ApiCodes.CircuitOpen,
                ApiCodes.PodStopped,
                ApiCodes.BadRange);
        group.MapPost("/orders/resolve", ResolveOrder.HandleAsync).ForAccount().Idempotent(safeToRepeat: true)
            .Describe(
                "Decides about an order whose outcome the broker does not tell; the decision is kept with the caller's name",
                """{"accountId":"demo1","orderId":"01J…","outcome":"filled","price":1.0512,"reason":"seen in the broker's statement"}""",
                """{"code":0,"message":"","data":{"order":{"orderId":"01J…","epic":"EURUSD","execState":3,"dealStatus":4}}}""",
                ApiCodes.EngineNotFound,
                ApiCodes.EngineConflict,
                ApiCodes.EngineBusy,
                ApiCodes.EngineFault,
                ApiCodes.EngineNotReady,
                ApiCodes.EngineTimeout,
                ApiCodes.WireConnect,
                ApiCodes.WireBroken,
                ApiCodes.CircuitOpen,
                ApiCodes.PodStopped);
        group.MapPost("/killswitch", KillSwitch.HandleAsync).Idempotent(safeToRepeat: true)
            .Describe(
                "Blocks one account or all; what each engine answered, also where others are dead",
                """{"all":true,"reason":"the market is broken"}""",
                """{"code":0,"message":"","data":{"results":[{"accountId":"demo1","code":0,"message":""},{"accountId":"demo2","code":40,"message":"the engine cannot be reached"}]}}""");
    }
}
