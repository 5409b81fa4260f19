using MaoApi.Auth.Services;
using MaoApi.Http;

namespace MaoApi.Auth;

/// <summary>Lets a request reach its route only when the route's declared policy says so. No policy, no entry.</summary>
internal sealed partial class AccessMiddleware(
    RequestDelegate next, UserGate users, ServiceGate services, ILogger<AccessMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // What is not a route of ours are the framework's own answers to a wrong method or media type.
        if (context.GetEndpoint() is RouteEndpoint route && await RefuseAsync(context, route) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private ValueTask<Failure?> RefuseAsync(HttpContext context, RouteEndpoint route)
    {
        if (route.Metadata.GetMetadata<AccessRequirement>() is not { } requirement)
        {
            Undeclared(logger, route.RoutePattern.RawText ?? "");
            return ValueTask.FromResult<Failure?>(Failure.Of(ApiCodes.Forbidden));
        }

        return requirement.Level switch
        {
            AccessLevel.Anyone => default,
            AccessLevel.LocalOrMonitor when LocalCaller.Is(context) => default,
            AccessLevel.UserOrFirstMessage => IsForeword(context) ? default : users.RefuseAsync(context, route, AccessLevel.User),
            AccessLevel.User or AccessLevel.LoggedIn or AccessLevel.Admin => users.RefuseAsync(context, route, requirement.Level),
            _ => services.RefuseAsync(context, route, requirement.Level),
        };
    }

    /// <summary>A page in a browser cannot send a header with its WebSocket.</summary>
    private static bool IsForeword(HttpContext context) =>
        context.Request.Headers.Authorization.Count == 0 && context.WebSockets.IsWebSocketRequest;

    [LoggerMessage(3010, LogLevel.Critical, "Route {Route} declares no policy and is closed")]
    private static partial void Undeclared(ILogger logger, string route);
}
