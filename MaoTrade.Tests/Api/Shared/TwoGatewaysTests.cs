using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Shared;

/// <summary>Whole gateways at one Redis server.</summary>
[NeedsRedis]
public sealed class TwoGatewaysTests(RedisServer server) : IClassFixture<RedisServer>
{
    private static readonly RateLimitOptions Four = new() { Requests = 4, Window = TimeSpan.FromHours(1), Adaptive = false };

    [ContractFact]
    public async Task A_users_requests_are_counted_together_and_health_names_the_server()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        one.App.Services.GetRequiredService<Readiness>().Open();

        var answers = new List<(int Status, string Remaining)>();
        foreach (var gateway in new[] { one, other, one, other, one, other })
        {
            var reply = await gateway.GetAsync("/auth/me");
            answers.Add((reply.Status, reply.Headers.GetValues("RateLimit-Remaining").Single()));
        }

        answers.Should().Equal((200, "3"), (200, "2"), (200, "1"), (200, "0"), (429, "0"), (429, "0"));
        var ready = await one.SendAsync(HttpMethod.Get, "/health/ready");
        ready.Data["checks"]!["sharedStore"]!.ToJsonString().Should().Contain("healthy").And.Contain($"redis at 127.0.0.1:{server.Options.Port}");

        await server.KillAsync();
        (await other.GetAsync("/auth/me")).Status.Should().BeOneOf(200, 429);
        (await one.GetAsync("/auth/me", "viewer")).Status.Should().Be(200, "nobody is refused because the server is away");
        await StandsAsync(one, "degraded", "degraded");
        await server.StartAsync();
        await StandsAsync(one, "ready", "healthy");
    }

    private static Task StandsAsync(Gateway gateway, string status, string store) => Until.TrueAsync(
        $"health is {status}, the store {store}",
        TimeSpan.FromSeconds(60),
        async () =>
        {
            var reply = await gateway.SendAsync(HttpMethod.Get, "/health/ready");
            return reply.Status == 200 && reply.Data["status"]!.ToString() == status && reply.Data["checks"]!["sharedStore"]!["status"]!.ToString() == store;
        });

    private Task<Gateway> StartAsync() =>
        Gateway.StartAsync(rateLimit: Four with { AnonymousPerMinute = 1_000_000 }, configure: options => options with { Shared = server.Options });
}
