using System.Text.Json.Nodes;

namespace MaoApi.Http;

/// <summary>What the API's description says of a route beyond its types.</summary>
/// <param name="Request">Example of a body, JSON; null where there is none.</param>
/// <param name="Response">Example of an answer's body, JSON; null where it is not JSON.</param>
internal sealed record RouteExample(string? Request, string? Response);

/// <summary>The rows of <see cref="ApiCodes"/> a route can answer with, beyond those every route of its policy has.</summary>
internal sealed record RouteFailures(IReadOnlyList<ApiCode> Codes);

internal static class RouteDescriptions
{
    /// <summary>One sentence, an example of both bodies, and the failures that are the route's own.</summary>
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder route, string summary, string? request, string? response, params ApiCode[] failures) =>
        route.WithSummary(summary).WithMetadata(new RouteExample(request, response), new RouteFailures(failures));

    public static JsonNode? Parse(string? example) => example is null ? null : JsonNode.Parse(example);
}
