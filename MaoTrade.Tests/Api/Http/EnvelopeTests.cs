using System.Net.Http.Headers;
using MaoApi.Auth;
using MaoTrade.Tests.Api.Support;
using Microsoft.AspNetCore.Builder;

namespace MaoTrade.Tests.Api.Http;

public sealed class EnvelopeTests
{
    [Fact]
    public async Task An_unknown_route_is_404_20()
    {
        await using var gateway = await Gateway.StartAsync();
        var reply = await gateway.SendAsync(HttpMethod.Get, "/no/such/route");
        (reply.Status, reply.Code).Should().Be((404, 20));
        reply.Data.ToJsonString().Should().Be("""{"engine":null,"errors":[]}""");
    }

    [Fact]
    public async Task A_wrong_method_is_405_34()
    {
        await using var gateway = await Gateway.StartAsync();
        var reply = await gateway.SendAsync(HttpMethod.Delete, "/auth/login");
        (reply.Status, reply.Code).Should().Be((405, 34));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413_33()
    {
        await using var gateway = await Gateway.StartAsync();
        var reply = await gateway.SendAsync(
            HttpMethod.Post, "/auth/login", null, $$"""{"user":"{{new string('a', 1024 * 1024)}}","password":"x"}""");
        (reply.Status, reply.Code).Should().Be((413, 33));
    }

    [Fact]
    public async Task An_unknown_media_type_is_415_35()
    {
        await using var gateway = await Gateway.StartAsync();
        var reply = await gateway.SendAsync(
            HttpMethod.Post, "/auth/login", null, "{}", request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/plain"));
        (reply.Status, reply.Code).Should().Be((415, 35));
    }

    [Theory]
    [InlineData("""{"user":"a","password":"b","evil":1}""", "evil", "unknown")]
    [InlineData("""{"user":"a","user":"b","password":"b"}""", "user", "malformed")]
    [InlineData("""{"user":5,"password":"b"}""", "user", "malformed")]
    [InlineData("""{"user":"a","password":""", "password", "malformed")]
    [InlineData("""{"password":"b"}""", "user", "required")]
    [InlineData("[]", "", "malformed")]
    [InlineData("null", "", "malformed")]
    [InlineData("", "", "malformed")]
    [InlineData("{", "", "malformed")]
    public async Task A_bad_body_is_422_30_and_the_field_is_named(string body, string field, string code)
    {
        await using var gateway = await Gateway.StartAsync();
        var reply = await gateway.SendAsync(HttpMethod.Post, "/auth/login", null, body);
        (reply.Status, reply.Code).Should().Be((422, 30));
        Errors(reply).Should().Contain((field, code));
    }

    [Fact]
    public async Task An_unknown_member_inside_a_signal_is_named_by_its_path()
    {
        await using var gateway = await Gateway.StartAsync();
        var reply = await gateway.PostAsync("/clientmt/signal/validate", """{"signal":{"epic":"E","system":"S","timeFrame":60,"zz":1}}""");
        Errors(reply).Should().Equal(("signal.zz", "unknown"));
    }

    [Fact]
    public async Task All_errors_of_a_body_are_told_at_once()
    {
        await using var gateway = await Gateway.StartAsync();
        var reply = await gateway.PostAsync("/clientmt/orders/open", """{"clientOrderId":"not valid!","opType":3,"orderType":9,"qty":-1}""");
        Errors(reply).Select(error => error.Field).Should().BeEquivalentTo("clientOrderId", "epic", "opType", "orderType", "qty");
    }

    [Fact]
    public async Task A_query_that_cannot_be_read_is_422_30()
    {
        await using var gateway = await Gateway.StartAsync();
        Errors(await gateway.GetAsync("/clientmt/orders?from=yesterday")).Should().Equal(("from", "malformed"));
        Errors(await gateway.GetAsync("/clientmt/orders?limit=201")).Should().Equal(("limit", "invalid"));
    }

    [Fact]
    public async Task A_fault_is_500_59_and_shows_nothing_of_its_inside()
    {
        await using var gateway = await Gateway.StartAsync(map: app =>
            app.MapGet("/fault", string () => throw new InvalidOperationException("secret detail")).RequireAccess(AccessLevel.Anyone));

        var reply = await gateway.SendAsync(HttpMethod.Get, "/fault");

        (reply.Status, reply.Code).Should().Be((500, 59));
        reply.Body.ToJsonString().Should().NotContain("secret").And.NotContain("Exception").And.NotContain(" at ");
        gateway.Log.All.Should().ContainSingle(line => line.Contains("secret detail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_answer_has_its_request_id_and_the_security_headers()
    {
        await using var gateway = await Gateway.StartAsync();
        foreach (var path in new[] { "/no/such/route", "/health/live", "/clientmt/portfolio" })
        {
            var reply = await gateway.SendAsync(HttpMethod.Get, path);
            reply.Headers.GetValues("X-Request-Id").Single().Should().MatchRegex("^[0-9a-f]{32}$");
            reply.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
            reply.Headers.Contains("Server").Should().BeFalse();
        }
    }

    private static List<(string Field, string Code)> Errors(Reply reply) =>
        [.. reply.Data["errors"]!.AsArray().Select(error => ((string)error!["field"]!, (string)error["code"]!))];
}
