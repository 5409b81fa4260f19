using MaoApi.Limits;
using MaoApi.Telemetry;

namespace MaoApi.Http;

/// <summary>
/// The outermost room of every request: gives it its id, sets the headers every answer carries, writes a line when it comes and one when it is done.
/// The query is never written: it may hold what is nobody's business.
/// </summary>
internal sealed partial class RequestLogMiddleware(
    RequestDelegate next, GatewayMetrics metrics, TimeProvider time, ILogger<RequestLogMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        var span = Tracing.StartRequest(context.Request);
        var requestId = span?.TraceId.ToHexString() ?? RequestIdentity.Take(context.Request);
        context.TraceIdentifier = requestId;
        SetHeaders(context, requestId);

        // One text for both lines: written at every request, it must cost little.
        var request = Describe(context, requestId);
        Started(logger, request);
        try
        {
            await next(context);
        }
        finally
        {
            var took = time.GetElapsedTime(started);
            Ended(logger, request, context.Response.StatusCode, (long)took.TotalMilliseconds);
            Measure(context, took);
            if (span is not null)
            {
                Tracing.EndRequest(span, context);
            }
        }
    }

    private void Measure(HttpContext context, TimeSpan took)
    {
        var isStream = context.GetEndpoint()?.Metadata.GetMetadata<RequestBounds>() is { Counted: false, IsProbe: false };
        metrics.Request(RouteLabels.Of(context.GetEndpoint()), context.Response.StatusCode, isStream ? null : took.TotalSeconds);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError && context.Features.Get<ApiCode>() is { } code)
        {
            metrics.Error(code.Component, code.CodeText);
        }
    }

    private static void SetHeaders(HttpContext context, string requestId)
    {
        var headers = context.Response.Headers;
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        headers["X-Request-Id"] = requestId;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }

    private static string Describe(HttpContext context, string requestId)
    {
        var connection = context.Connection;
        var request = context.Request;
        var device = request.Headers["deviceid"];
        return string.Concat(
            $"rid={requestId} {connection.RemoteIpAddress}:{connection.RemotePort} ",
            $"{LogText.Clean(request.Method)} {LogText.Clean(request.Path.Value ?? "/")} ",
            device.Count == 0 ? "device=-" : "device=" + LogText.Clean(device.ToString()));
    }

    [LoggerMessage(3000, LogLevel.Information, "-> {Request:l}")]
    private static partial void Started(ILogger logger, string request);

    [LoggerMessage(3001, LogLevel.Information, "<- {Request:l} {Status} {Milliseconds} ms")]
    private static partial void Ended(ILogger logger, string request, int status, long milliseconds);
}
