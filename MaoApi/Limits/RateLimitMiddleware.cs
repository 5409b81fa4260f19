using MaoApi.Auth;
using MaoApi.Hosting;
using MaoApi.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MaoApi.Limits;

/// <summary>Draws every request of a known caller from the caller's buckets; every answer says what is left.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimitOptions options, RateGuard guard)
{
    private readonly RateBudget _any = RateBudget.Of(options.Requests, options.Window, options.Adaptive);
    private readonly RateBudget _heavy = RateBudget.Of(options.HeavyPerHour, TimeSpan.FromHours(1));
    private readonly RateBudget _orders = RateBudget.Of(options.OrdersPerHour, TimeSpan.FromHours(1));

    public async Task InvokeAsync(HttpContext context)
    {
        if (KeyOf(context.Features) is not { } key)
        {
            await next(context);
            return;
        }

        if (await RefuseAsync(context, key) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        await next(context);
        if (options.Adaptive && context.Features.Get<ApiCode>() == ApiCodes.EngineBusy)
        {
            await guard.SlowDownAsync(key);
        }
    }

    private static RateKey? KeyOf(IFeatureCollection features) => features.Get<Caller>() is { } user
        ? RateKey.OfUser(user.UserKey)
        : features.Get<ServiceCaller>() is { } service ? RateKey.OfService(service.KeyId) : null;

    private async ValueTask<Failure?> RefuseAsync(HttpContext context, RateKey key)
    {
        if (await guard.RefuseAsync(context, key, _any) is { } refusal)
        {
            return refusal;
        }

        return context.GetEndpoint()?.Metadata.GetMetadata<RateActionMark>()?.Action switch
        {
            RateAction.Heavy => await guard.RefuseAsync(context, key.For(RateAction.Heavy), _heavy),
            RateAction.Orders => await guard.RefuseAsync(context, key.For(RateAction.Orders), _orders),
            _ => null,
        };
    }
}
