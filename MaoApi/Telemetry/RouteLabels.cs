using System.Runtime.CompilerServices;

namespace MaoApi.Telemetry;

/// <summary>A route as metrics name it; what is no route of ours is one label, however many paths are tried.</summary>
internal sealed record RouteLabels(string Area, string Route, string Method)
{
    private const string None = "none";

    private static readonly RouteLabels Unknown = new(None, None, "any");
    private static readonly ConditionalWeakTable<Endpoint, RouteLabels> Known = [];

    public static RouteLabels Of(Endpoint? endpoint) => endpoint is null ? Unknown : Known.GetValue(endpoint, Read);

    private static RouteLabels Read(Endpoint endpoint)
    {
        if (endpoint is not RouteEndpoint route)
        {
            return Unknown;
        }

        var path = "/" + (route.RoutePattern.RawText ?? "").Trim('/');
        var slash = path.IndexOf('/', 1);
        var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods;
        return new RouteLabels(slash < 0 ? path[1..] : path[1..slash], path, methods is [var method] ? method : "any");
    }
}
