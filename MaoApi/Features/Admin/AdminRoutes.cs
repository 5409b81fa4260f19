using MaoApi.Auth;
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
        group.MapPost("/accounts/list", ListAccounts.HandleAsync)
            .Describe(
                "All accounts, page by page",
                """{"filter":{"active":true},"sort":"accountId","limit":50}""",
                """{"code":0,"message":"","data":{"items":[{"accountId":"demo1","descr":"Demo 1","userId":"demo","brokerCode":"paper","version":1}],"cursor":null}}""");
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
