using System.Net;

namespace MaoApi.Http;

/// <summary>
/// The outermost room of every request: gives it its id, sets the headers every answer carries, writes a line when it comes and one when it is done.
/// The query is never written: it may hold what is nobody's business.
/// </summary>
internal sealed partial class RequestLogMiddleware(RequestDelegate next, TimeProvider time, ILogger<RequestLogMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        var requestId = RequestIdentity.Take(context.Request);
        context.TraceIdentifier = requestId;
        SetHeaders(context.Response.Headers, requestId);

        var client = Client(context.Connection);
        var method = LogText.Clean(context.Request.Method);
        var path = LogText.Clean(context.Request.Path.Value ?? "/");
        var device = Device(context.Request.Headers);
        Started(logger, requestId, client, method, path, device);
        try
        {
            await next(context);
        }
        finally
        {
            var milliseconds = (long)time.GetElapsedTime(started).TotalMilliseconds;
            Ended(logger, requestId, client, method, path, device, context.Response.StatusCode, milliseconds);
        }
    }

    private static void SetHeaders(IHeaderDictionary headers, string requestId)
    {
        headers["X-Request-Id"] = requestId;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }

    private static IPEndPoint Client(ConnectionInfo connection) => new(connection.RemoteIpAddress ?? IPAddress.None, connection.RemotePort);

    private static string Device(IHeaderDictionary headers)
    {
        var device = headers["deviceid"];
        return device.Count == 0 ? "-" : LogText.Clean(device.ToString());
    }

    [LoggerMessage(3000, LogLevel.Information, "-> rid={RequestId} {Client} {Method} {Path} device={Device}")]
    private static partial void Started(
        ILogger logger, string requestId, IPEndPoint client, string method, string path, string device);

    [LoggerMessage(3001, LogLevel.Information, "<- rid={RequestId} {Client} {Method} {Path} device={Device} {Status} {Milliseconds} ms")]
    private static partial void Ended(
        ILogger logger, string requestId, IPEndPoint client, string method, string path, string device, int status, long milliseconds);
}
