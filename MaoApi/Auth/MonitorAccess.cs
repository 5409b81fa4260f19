using MaoApi.Auth.Services;

namespace MaoApi.Auth;

/// <summary>Whether a request to an open route may see what is for monitors: it comes from this machine, or is signed with a monitor's key.</summary>
internal sealed class MonitorAccess(ServiceGate services)
{
    public async ValueTask<bool> IsOpenAsync(HttpContext context) =>
        LocalCaller.Is(context)
        || (SignedHeaders.ArePresent(context.Request)
            && await services.RefuseAsync(context, (RouteEndpoint)context.GetEndpoint()!, AccessLevel.Monitor) is null);
}
