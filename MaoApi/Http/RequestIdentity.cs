using System.Diagnostics;

namespace MaoApi.Http;

/// <summary>The id of a request: the caller's W3C trace id where it sent one, otherwise one made here. It goes to the engine as <c>rid</c>.</summary>
internal static class RequestIdentity
{
    private const int TraceParentLength = 55;

    /// <summary>The id given to this request; the request log sets it before anything else runs.</summary>
    public static string RequestId(this HttpContext context) => context.TraceIdentifier;

    public static string Take(HttpRequest request)
    {
        var parent = request.Headers.TraceParent;
        return parent.Count == 1 && parent[0]!.Length == TraceParentLength
            && ActivityContext.TryParse(parent[0], null, out var trace)
            ? trace.TraceId.ToHexString()
            : Create();
    }

    /// <summary>An id for what the gateway does of its own accord.</summary>
    public static string Create() => ActivityTraceId.CreateRandom().ToHexString();
}
