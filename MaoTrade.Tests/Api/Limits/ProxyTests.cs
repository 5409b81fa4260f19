using System.Net;
using MaoApi.Auth;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MaoTrade.Tests.Api.Limits;

public sealed class ProxyTests
{
    [Fact]
    public async Task A_stranger_cannot_pretend_to_be_another_address()
    {
        await using var gateway = await StartAsync(new HttpOptions(), anonymousPerMinute: 2);
        for (var i = 0; i < 2; i++)
        {
            (await AskAsync(gateway, $"198.51.100.{i}")).Body["data"]!.ToString().Should().Be("127.0.0.1");
        }

        (await AskAsync(gateway, "198.51.100.9")).Code.Should().Be(26);
    }

    [Fact]
    public async Task A_trusted_proxy_is_believed_and_each_caller_behind_it_counted()
    {
        var http = new HttpOptions { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8")] };
        await using var gateway = await StartAsync(http, anonymousPerMinute: 1);

        (await AskAsync(gateway, "198.51.100.1")).Body["data"]!.ToString().Should().Be("198.51.100.1");
        (await AskAsync(gateway, "203.0.113.66, 198.51.100.2, 10.1.1.1")).Body["data"]!.ToString()
            .Should().Be("198.51.100.2", "what lies before the first untrusted address is only claimed");
        (await AskAsync(gateway, "198.51.100.1")).Code.Should().Be(26);
    }

    [Fact]
    public async Task The_api_answers_under_its_base_path()
    {
        await using var gateway = await StartAsync(new HttpOptions { PathBase = "/maoapi" }, anonymousPerMinute: 100);

        (await gateway.SendAsync(HttpMethod.Get, "/maoapi/health/live")).Status.Should().Be(200);
        (await gateway.SendAsync(HttpMethod.Get, "/health/live")).Status.Should().Be(200);
        (await gateway.SendAsync(HttpMethod.Get, "/other/health/live")).Status.Should().Be(404);
    }

    [Fact]
    public void Settings_of_proxies_are_read_and_their_faults_named()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MAO_TRUSTED_PROXIES"] = "10.0.0.0/8, 192.0.2.7, nonsense",
            ["MAO_PATH_BASE"] = "maoapi/",
        };
        var reader = new SettingsReader(settings.GetValueOrDefault);

        var options = HttpOptions.Read(reader);

        options.TrustedProxies.Select(network => network.ToString()).Should().Equal("10.0.0.0/8", "192.0.2.7/32");
        reader.Errors.Should().HaveCount(2).And.Contain(error => error.Contains("nonsense", StringComparison.Ordinal));
    }

    private static Task<Gateway> StartAsync(HttpOptions http, int anonymousPerMinute) => Gateway.StartAsync(
        rateLimit: new RateLimitOptions { AnonymousPerMinute = anonymousPerMinute },
        map: app => app.MapGet("/address", (HttpContext context) => Results.Json(
            new { code = 0, data = context.Connection.RemoteIpAddress!.MapToIPv4().ToString() })).RequireAccess(AccessLevel.Anyone),
        configure: options => options with { Http = http });

    private static Task<Reply> AskAsync(Gateway gateway, string forwardedFor) => gateway.SendAsync(
        HttpMethod.Get, "/address", more: request => request.Headers.Add("X-Forwarded-For", forwardedFor));
}
