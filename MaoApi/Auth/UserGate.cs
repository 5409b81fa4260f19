using MaoApi.Http;

namespace MaoApi.Auth;

/// <summary>Lets a user reach a route of their level.</summary>
internal sealed class UserGate(TokenVerifier tokens, UserDirectory users, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    /// <summary>The reason to refuse, or null; then the caller is a feature of the request.</summary>
    public async ValueTask<Failure?> RefuseAsync(HttpContext context, AccessLevel level)
    {
        if (await tokens.VerifyAsync(Token(context.Request)) is not { } userId)
        {
            return Failure.Of(ApiCodes.Unauthenticated);
        }

        var caller = await users.FindAsync(userId, context.RequestAborted);
        if (Refusal(caller, level) is { } code)
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
        { IsAdmin: false } when level == AccessLevel.Admin => ApiCodes.Forbidden,
        _ => null,
    };

    private static ReadOnlyMemory<char> Token(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header.Count == 1 && header[0] is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value.AsMemory(Scheme.Length)
            : default;
    }
}
