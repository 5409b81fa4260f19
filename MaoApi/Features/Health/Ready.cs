using MaoApi.Auth;
using MaoApi.Health;
using MaoApi.Hosting;
using MaoApi.Http;

namespace MaoApi.Features.Health;

internal sealed record ReadyResponse(
    string Status, DateTimeOffset Time, string Version, IReadOnlyDictionary<string, HealthCheck>? Checks);

internal static class Ready
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, Readiness readiness, HealthBoard board, MonitorAccess monitors, TimeProvider time)
    {
        var results = await board.LookAsync();
        var open = readiness.IsOpen && results[DependencyNames.Database].Status != HealthCheck.Unhealthy;
        var status = (open, results.Values.All(check => check.Status == HealthCheck.Healthy)) switch
        {
            (false, _) => "unready",
            (true, false) => "degraded",
            (true, true) => "ready",
        };
        var data = new ReadyResponse(status, time.GetUtcNow(), ProductVersion.Value, await monitors.IsOpenAsync(http) ? results : null);
        if (!open)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return Results.Json(
            new Envelope<ReadyResponse>(open ? 0 : ApiCodes.Database.Code, status, data),
            statusCode: open ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
