using MaoApi.Hosting;

namespace MaoApi.Http;

/// <summary>
/// A gateway that is about to stop ends each connection with its next answer: the caller's next request goes on a new one, to a gateway
/// that stays, and none is on its way when the connections left are closed.
/// </summary>
internal sealed class FarewellMiddleware(RequestDelegate next, Readiness readiness)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (readiness.IsStopping)
        {
            http.Response.Headers.Connection = "close";
        }

        return next(http);
    }
}
