using System.Text;
using System.Text.Json.Nodes;
using MaoTrade.Tests.Api.Support;
using Microsoft.AspNetCore.Routing;

namespace MaoTrade.Tests.Api.BadInput;

/// <summary>Every route that takes a body, with every kind of body it must not take: exact code, no engine asked, nothing shown.</summary>
public sealed class BodyMatrixTests
{
    private const string Nested = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[";

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"accountId\":NaN}")]
    [InlineData("{\"accountId\":\"\\ud800\"}")]
    [InlineData("{\"x\":" + Nested + "1")]
    [InlineData("{\"accountId\":\"one\",\"accountId\":\"two\"}")]
    [InlineData("<xml/>")]
    public Task What_is_not_the_object_expected_is_422_30(string body) => ForEachAsync(async (gateway, route, name) =>
    {
        var reply = await gateway.CallAsync(route, Encoding.UTF8.GetBytes(body), TimeProvider.System.GetUtcNow());

        (reply.Status, reply.Code).Should().Be((422, 30), "{0}: {1}", name, reply.Text);
        reply.MustShowNothing(name);
    });

    [Fact]
    public Task Bytes_that_are_no_text_are_422_30() => ForEachAsync(async (gateway, route, name) =>
    {
        foreach (var bad in new byte[][] { [0xFF, 0xFE], [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8], [0], [.. "{\"\0\":1}"u8] })
        {
            var reply = await gateway.CallAsync(route, bad, TimeProvider.System.GetUtcNow());

            (reply.Status, reply.Code).Should().BeOneOf([(422, 30), (401, 10)], "{0}: {1}", name, reply.Text);
            reply.MustShowNothing(name);
        }
    });

    [Fact]
    public Task A_member_nobody_knows_is_422_30_and_named() => ForEachAsync(async (gateway, route, name) =>
    {
        var body = route.Example()!;
        body["zzUnknown"] = 1;

        var reply = await gateway.CallAsync(route, Encoding.UTF8.GetBytes(body.ToJsonString()), TimeProvider.System.GetUtcNow());

        (reply.Status, reply.Code).Should().Be((422, 30), "{0}: {1}", name, reply.Text);
        reply.Fields.Should().Contain("zzUnknown", name);
    });

    [Fact]
    public Task A_text_where_something_else_belongs_is_422_30_and_named() => ForEachAsync(async (gateway, route, name) =>
    {
        foreach (var (member, value) in route.Example()!.Where(pair => pair.Value is JsonObject or JsonArray || IsNumberOrFlag(pair.Value)))
        {
            var body = route.Example()!;
            body[member] = "surely not";

            var reply = await gateway.CallAsync(route, Encoding.UTF8.GetBytes(body.ToJsonString()), TimeProvider.System.GetUtcNow());

            (reply.Status, reply.Code).Should().Be((422, 30), "{0} {1} instead of {2}: {3}", name, member, value, reply.Text);
            reply.Fields.Should().Contain(field => field.StartsWith(member, StringComparison.Ordinal), "{0} {1}: {2}", name, member, reply.Text);
            reply.MustShowNothing(name);
        }
    });

    [Fact]
    public Task An_object_where_a_text_belongs_is_422_30() => ForEachAsync(async (gateway, route, name) =>
    {
        foreach (var (member, _) in route.Example()!.Where(pair => pair.Value is JsonValue value && value.TryGetValue<string>(out var _)))
        {
            var body = route.Example()!;
            body[member] = new JsonObject { ["$type"] = "System.Object" };

            var reply = await gateway.CallAsync(route, Encoding.UTF8.GetBytes(body.ToJsonString()), TimeProvider.System.GetUtcNow());

            (reply.Status, reply.Code).Should().Be((422, 30), "{0} {1}: {2}", name, member, reply.Text);
            reply.MustShowNothing(name);
        }
    });

    [Fact]
    public Task Another_media_type_is_415_35() => ForEachAsync(async (gateway, route, name) =>
    {
        foreach (var type in new[] { "text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded" })
        {
            var body = Encoding.UTF8.GetBytes(route.Example()!.ToJsonString());

            var reply = await gateway.CallAsync(route, body, TimeProvider.System.GetUtcNow(), contentType: type);

            (reply.Status, reply.Code).Should().Be((415, 35), "{0} {1}: {2}", name, type, reply.Text);
        }
    });

    [Fact]
    public Task A_body_that_is_too_large_is_413_33() => ForEachAsync(async (gateway, route, name) =>
    {
        var reply = await gateway.CallAsync(route, new byte[(1024 * 1024) + 1], TimeProvider.System.GetUtcNow());

        (reply.Status, reply.Code).Should().Be((413, 33), "{0}: {1}", name, reply.Text);
    });

    private static bool IsNumberOrFlag(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() is System.Text.Json.JsonValueKind.Number or System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False;

    private static async Task ForEachAsync(Func<Gateway, RouteEndpoint, string, Task> check)
    {
        await using var gateway = await Gateway.StartAsync();
        var routes = gateway.Routes.Where(route => route.Example() is not null).ToList();
        routes.Should().HaveCountGreaterThan(10);
        foreach (var route in routes)
        {
            await check(gateway, route, route.Name());
        }

        gateway.Engine.Received.Should().Be(0, "no engine hears of what cannot be read");
    }
}
