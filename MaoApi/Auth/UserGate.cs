using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.Limits;

namespace MaoApi.Auth;

/// <summary>Lets a user reach a route of their level.</summary>
internal sealed class UserGate(UserTokens tokens)
{
    private const string Scheme = "Bearer ";

    /// <summary>The reason to refuse, or null; then the caller and what their token proves are features of the request.</summary>
    public async ValueTask<Failure?> RefuseAsync(HttpContext context, RouteEndpoint route, AccessLevel level)
    {
        var isRowRead = level == AccessLevel.Admin || AddsRisk(route);
        var access = await tokens.AuthenticateAsync(Token(context.Request), isRowRead, context.RequestAborted);
        if (access.Refusal is { } refusal)
        {
            return Failure.Of(refusal);
        }

        var caller = access.Caller!;
        if (!Opens(caller, level) || (caller.TokenScope is not null && !Opens(caller.TokenScope, context.Request, route, level)))
        {
            return Failure.Of(ApiCodes.Forbidden);
        }

        context.Features.Set(caller);
        context.Features.Set(access.Proof);
        return null;
    }

    /// <summary>Nobody opens a position on what the database said a moment ago: it may be away, or have blocked them.</summary>
    private static bool AddsRisk(RouteEndpoint route) => route.Metadata.GetMetadata<RateActionMark>() is { Action: RateAction.Orders };

    private static bool Opens(Caller caller, AccessLevel level) => level != AccessLevel.Admin || caller.IsAdmin;

    /// <summary>
    /// A personal access token opens neither administration nor further tokens. With the scope <c>read</c> it reads: where a route that is no
    /// GET names an account, the route's own request says whether it reads, and the account's filter asks it.
    /// </summary>
    private static bool Opens(string scope, HttpRequest request, RouteEndpoint route, AccessLevel level) =>
        level == AccessLevel.User
        && (scope == AccessTokenScopes.Trade
            || HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || route.Metadata.GetMetadata<AccountRoute>() is not null);

    private static ReadOnlyMemory<char> Token(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header.Count == 1 && header[0] is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value.AsMemory(Scheme.Length)
            : default;
    }
}
