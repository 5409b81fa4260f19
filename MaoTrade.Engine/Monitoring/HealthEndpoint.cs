using System.Reflection;
using MaoTrade.Engine.Server.Services;
using MaoTrade.Engine.Trading;
using MaoTrade.Protocol.Metrics;
using Microsoft.AspNetCore.Http;

namespace MaoTrade.Engine.Monitoring;

/// <summary>GET health and metrics on the engine's health port; everything else there is 404.</summary>
public sealed class HealthEndpoint(AccountService account, SnapshotBoard board, MetricReader metrics, TimeProvider time)
{
    private static readonly string Version =
        typeof(HealthEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private readonly DateTimeOffset _started = time.GetUtcNow();

    public async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (!HttpMethods.IsGet(context.Request.Method) || (path != "/health/live" && path != "/health/ready" && path != "/metrics"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (path == "/metrics")
        {
            context.Response.ContentType = PrometheusText.ContentType;
            await context.Response.WriteAsync(metrics.Read());
        }
        else if (path == "/health/live")
        {
            await context.Response.WriteAsJsonAsync(
                new HealthEnvelope<LiveReport>(0, "alive", new LiveReport("alive", Version, Utc(_started))), HealthJson.Default.HealthEnvelopeLiveReport);
        }
        else
        {
            var report = Report();
            var ready = report.Status != "unready";
            context.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsJsonAsync(
                new HealthEnvelope<HealthReport>(ready ? 0 : 50, report.Status, report), HealthJson.Default.HealthEnvelopeHealthReport);
        }
    }

    /// <summary>Ready = reconciled and able to trade; a lost broker degrades, a lost store does not answer.</summary>
    public HealthReport Report()
    {
        var status = account.Status();
        var now = time.GetUtcNow();
        var age = status.LastFrameAt is { } at ? (long)(now - at).TotalMilliseconds : 0;
        var checks = new Dictionary<string, HealthCheck>
        {
            ["tradeLoop"] = board.State is null ? Bad("starting") : Good("running"),
            ["store"] = board.IsStoreAway ? Bad("does not answer: no orders leave") : board.State is null ? Bad("starting") : Good("answers"),
            ["broker"] = status.BrokerConnected ? Good("connected") : new HealthCheck("degraded", 0, "not connected"),
            ["feed"] = status.LastFrameAt is null ? new HealthCheck("degraded", 0, "no frame yet") : new HealthCheck("healthy", age, "age of the last frame"),
            ["reconcile"] = status.State is EngineStage.Ready or EngineStage.Blocked
                ? Good($"agrees; {status.Drift} differences so far, {status.UnknownOrders} orders unknown")
                : new HealthCheck("degraded", 0, "not reconciled"),
        };
        var everReady = board.WasReady && !board.IsStale;
        var verdict = !everReady ? "unready" : checks.Values.All(c => c.Status == "healthy") ? "ready" : "degraded";
        return new HealthReport(verdict, Utc(now), Version, checks);
    }

    private static HealthCheck Good(string message) => new("healthy", 0, message);

    private static HealthCheck Bad(string message) => new("unhealthy", 0, message);

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
