using MaoApi.Auth;
using MaoApi.Hosting;

namespace MaoApi.Limits;

/// <summary>
/// Counts by address what comes without a credential, or to a route that asks for none: whoever shows one there gains nothing. What watches
/// the gateway from its own machine is not counted.
/// </summary>
internal sealed class AddressLimitMiddleware(RequestDelegate next, RateLimitOptions options, RateGuard guard)
{
    private readonly RateBudget _budget = RateBudget.Of(options.AnonymousPerMinute, TimeSpan.FromMinutes(1));

    public Task InvokeAsync(HttpContext context) => IsCounted(context) ? RunAsync(context) : next(context);

    private static bool IsCounted(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<RequestBounds>() is { IsProbe: true } && LocalCaller.Is(context))
        {
            return false;
        }

        return metadata?.GetMetadata<AccessRequirement>() is null or { Level: AccessLevel.Anyone } || !HasCredential(context.Request.Headers);
    }

    private static bool HasCredential(IHeaderDictionary headers) =>
        headers.Authorization.Count > 0 || headers.ContainsKey("mao-key") || headers.ContainsKey("service-cert");

    private async Task RunAsync(HttpContext context)
    {
        if (await guard.RefuseAsync(context, RateKey.OfAddress(context.Connection.RemoteIpAddress), _budget) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        await next(context);
    }
}
