using System.Diagnostics;
using MaoApi.Http;

namespace MaoApi.Telemetry;

/// <summary>The spans of the gateway. While nobody listens, none is made.</summary>
internal static class Tracing
{
    public const string SourceName = "MaoApi";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of a request, a child of the caller's where it sent one.</summary>
    public static Activity? StartRequest(HttpRequest request)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var parent = ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var sent) ? sent : default;

        // The framework's own activity, where some listener made one, is not the caller's.
        Activity.Current = null;
        return Source.StartActivity("request", ActivityKind.Server, parent);
    }

    /// <summary>Says how a request ended. The path is that of the route: what a caller typed belongs into no index.</summary>
    public static void EndRequest(Activity activity, HttpContext context)
    {
        var route = RouteLabels.Of(context.GetEndpoint());
        activity.DisplayName = $"{context.Request.Method} {route.Route}";
        activity.SetTag("http.request.method", context.Request.Method);
        activity.SetTag("http.route", route.Route);
        activity.SetTag("http.response.status_code", context.Response.StatusCode);
        activity.SetTag("rid", context.RequestId());
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(ActivityStatusCode.Error, context.Features.Get<ApiCode>()?.Name);
        }

        activity.Stop();
    }
}
