using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Http;

public sealed class ApiDescriptionTests
{
    [Fact]
    public async Task Every_route_has_a_summary_an_example_and_its_codes()
    {
        await using var gateway = await Gateway.StartAsync();

        var document = (await gateway.Http.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!;

        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Name: $"{operation.Key} {path.Key}", operation.Value!)))
            .ToList();
        operations.Should().HaveCount(gateway.Routes.Count(route => !route.RoutePattern.RawText!.Contains("openapi", StringComparison.Ordinal)));
        foreach (var (name, operation) in operations)
        {
            operation["summary"].Should().NotBeNull(name);
            operation["responses"]!["422"]!["description"]!.ToString().Should().Contain("30 ", name);
            operation["responses"]!["500"]!["description"]!.ToString().Should().Be("59 fault", name);
            if (operation["requestBody"] is { } body)
            {
                body["content"]!["application/json"]!["example"].Should().NotBeNull(name);
            }
        }
    }
}
