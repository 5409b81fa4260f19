using MaoApi.Auth;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MaoTrade.Tests.Api.Auth.Services;

/// <summary>A gateway with one route of each level services may reach; each answers who called and what was sent.</summary>
internal static class SignedRoutes
{
    public static Task<Gateway> StartAsync(TimeProvider? time = null, Func<GatewayOptions, GatewayOptions>? configure = null) =>
        Gateway.StartAsync(time, map: Map, configure: configure);

    private static void Map(WebApplication app)
    {
        app.MapPost("/probe/srv", AnswerAsync).RequireAccess(AccessLevel.Service);
        app.MapGet("/probe/srv", AnswerAsync).RequireAccess(AccessLevel.Service);
        app.MapGet("/probe/mt", AnswerAsync).RequireAccess(AccessLevel.Engine);
        app.MapGet("/probe/monitor", AnswerAsync).RequireAccess(AccessLevel.Monitor);
        app.MapGet("/probe/metrics", () => new { code = 0 }).RequireAccess(AccessLevel.LocalOrMonitor);
    }

    private static async Task<object> AnswerAsync(ServiceCaller caller, HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return new { code = 0, data = new { caller.KeyId, caller.Scope, caller.AccountId, body = await reader.ReadToEndAsync() } };
    }
}
