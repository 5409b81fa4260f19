using MaoApi.Http;

namespace MaoApi.Auth;

/// <summary>Lets a request reach its route only when the route's declared policy says so. No policy, no entry.</summary>
internal sealed partial class AccessMiddleware(
    RequestDelegate next, TokenVerifier tokens, UserDirectory users, TimeProvider time, ILogger<AccessMiddleware> logger)
{
    private const string Scheme = "Bearer ";

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

    private async ValueTask<Failure?> RefuseAsync(HttpContext context, RouteEndpoint route)
    {
        if (route.Metadata.GetMetadata<AccessRequirement>() is not { } requirement)
        {
            Undeclared(logger, route.RoutePattern.RawText ?? "");
            return Failure.Of(ApiCodes.Forbidden);
        }

        if (requirement.Level == AccessLevel.Anyone)
        {
            return null;
        }

        if (await tokens.VerifyAsync(Token(context.Request)) is not { } userId)
        {
            return Failure.Of(ApiCodes.Unauthenticated);
        }

        var caller = await users.FindAsync(userId, context.RequestAborted);
        if (Refusal(caller, requirement.Level) is { } code)
        {
            return Failure.Of(code);
        }

        context.Features.Set(caller);
        return null;
    }

    private ApiCode? Refusal(Caller? caller, AccessLevel level) => caller switch
    {
        null => ApiCodes.Inactive,
        _ when UserStanding.Refusal(caller.Status, caller.ValidUntil, time.GetUtcNow()) is { } refusal => refusal,
        { IsAdmin: true } when level == AccessLevel.Admin => null,
        _ => level == AccessLevel.User ? null : ApiCodes.Forbidden,
    };

    private static ReadOnlyMemory<char> Token(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header.Count == 1 && header[0] is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value.AsMemory(Scheme.Length)
            : default;
    }

    [LoggerMessage(3010, LogLevel.Critical, "Route {Route} declares no policy and is closed")]
    private static partial void Undeclared(ILogger logger, string route);
}
