using System.Net;

namespace MaoApi.Auth;

/// <summary>Whether a request was made on this machine.</summary>
internal static class LocalCaller
{
    /// <summary>A request a proxy on this machine passed on is somebody else's, so it does not count.</summary>
    public static bool Is(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");
}
