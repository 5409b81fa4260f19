using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MaoApi.Auth;
using MaoApi.Http;
using Microsoft.AspNetCore.Routing;

namespace MaoTrade.Tests.Api.Support;

/// <summary>Calls any route of the gateway with the credential its policy asks for and the body its description gives as an example.</summary>
internal static class RouteCalls
{
    public static string Name(this RouteEndpoint route) => $"{route.Method()} {route.RoutePattern.RawText}";

    public static HttpMethod Method(this RouteEndpoint route) => new(route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]);

    /// <summary>The example of the route's body, for account <c>one</c>; null where it takes none.</summary>
    public static JsonObject? Example(this RouteEndpoint route) => route.Metadata.GetMetadata<RouteExample>()?.Request is { } example
        ? JsonNode.Parse(example.Replace("demo1", "one", StringComparison.Ordinal)) as JsonObject
        : null;

    public static async Task<RawReply> CallAsync(
        this Gateway gateway, RouteEndpoint route, byte[]? body, DateTimeOffset now, string query = "", string contentType = "application/json")
    {
        var path = Path(route) + query;
        using var request = new HttpRequestMessage(route.Method(), path);
        var text = "";
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            text = Encoding.UTF8.GetString(body);

            // What is refused by its length alone is refused before it is sent.
            request.Headers.ExpectContinue = body.Length > 64 * 1024;
        }

        switch (route.Metadata.GetMetadata<AccessRequirement>()!.Level)
        {
            case AccessLevel.User or AccessLevel.LoggedIn:
                request.Headers.Authorization = new("Bearer", gateway.TokenOf("owner"));
                break;
            case AccessLevel.Admin:
                request.Headers.Authorization = new("Bearer", gateway.TokenOf("admin"));
                break;
            case AccessLevel.Service:
                SignedRequest.Sign(request, gateway.ServiceKey, text, now);
                break;
            case AccessLevel.Engine:
                SignedRequest.Sign(request, gateway.EngineKey, text, now);
                break;
            case AccessLevel.Monitor:
                SignedRequest.Sign(request, gateway.MonitorKey, text, now);
                break;
        }

        using var answer = await gateway.Http.SendAsync(request);
        return new RawReply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The route's path with something readable in place of its parameters.</summary>
    private static string Path(RouteEndpoint route) => Regex.Replace(
        "/" + route.RoutePattern.RawText!.TrimStart('/'),
        @"\{(?<name>[^}]+)\}",
        parameter => parameter.Groups["name"].Value == "tickerId" ? "1" : "one",
        RegexOptions.None,
        TimeSpan.FromSeconds(5));
}

/// <summary>An answer as text.</summary>
internal sealed record RawReply(int Status, string Text)
{
    /// <summary>The code of the envelope.</summary>
    public int Code => (int)JsonNode.Parse(Text)!["code"]!;

    public IEnumerable<string> Fields => JsonNode.Parse(Text)!["data"]!["errors"]!.AsArray().Select(error => (string)error!["field"]!);

    /// <summary>Nothing of the inside: no type, no place in the code.</summary>
    public void MustShowNothing(string because)
    {
        Text.Should().NotContain("Exception", because);
        Text.Should().NotContain("   at ", because);
        Text.Should().NotContain("MaoApi.", because);
    }
}
