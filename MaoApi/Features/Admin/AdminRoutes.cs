using MaoApi.Auth;
using MaoApi.Http;
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
                ApiCodes.PodStopped);
    }
}
