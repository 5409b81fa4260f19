using MaoApi.Auth.Services;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Auth.Services;

public sealed class ServiceGateTests
{
    private const string Body = """{"ticker":"ALB"}""";

    /// <summary>What may be wrong with a signed request.</summary>
    public static TheoryData<string> Faults => [.. SigningFaults.All.Keys];

    [Fact]
    public async Task A_signed_request_reaches_its_route_with_its_body()
    {
        await using var gateway = await SignedRoutes.StartAsync();

        var reply = await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Post, "/probe/srv?a=1%2F2&b=", Body);

        reply.Status.Should().Be(200);
        reply.Data["keyId"]!.ToString().Should().Be("srv-key");
        reply.Data["body"]!.ToString().Should().Be(Body);
    }

    [Fact]
    public async Task An_engines_key_tells_the_account_it_is_for()
    {
        await using var gateway = await SignedRoutes.StartAsync();

        var reply = await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, "/probe/mt?accountId=two");

        (reply.Status, reply.Data["accountId"]!.ToString()).Should().Be((200, "one"));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_request_whose_signature_proves_nothing_runs_no_handler(string fault)
    {
        await using var gateway = await SignedRoutes.StartAsync();

        var reply = await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Post, "/probe/srv", Body, SigningFaults.All[fault]);

        (reply.Status, reply.Code, gateway.HandlersRun).Should().Be((401, 10, 0));
        reply.Headers.WwwAuthenticate.Should().ContainSingle().Which.Scheme.Should().Be("MAO-HMAC-SHA256");
    }

    [Theory]
    [InlineData(-31, 401)]
    [InlineData(-30, 200)]
    [InlineData(30, 200)]
    [InlineData(31, 401)]
    public async Task A_request_is_good_for_half_a_minute_around_its_timestamp(int seconds, int status)
    {
        var clock = new FakeClock();
        await using var gateway = await SignedRoutes.StartAsync(clock);
        clock.Skip(TimeSpan.FromMinutes(5));

        var reply = await gateway.SendAsync(HttpMethod.Get, "/probe/srv", more: request =>
            SignedRequest.Sign(request, gateway.ServiceKey, "", clock.GetUtcNow() + TimeSpan.FromSeconds(seconds)));

        reply.Status.Should().Be(status);
    }

    [Fact]
    public async Task A_request_signed_before_the_gateway_began_is_refused()
    {
        var clock = new FakeClock();
        await using var gateway = await SignedRoutes.StartAsync(clock);

        var reply = await gateway.SendAsync(HttpMethod.Get, "/probe/srv", more: request =>
            SignedRequest.Sign(request, gateway.ServiceKey, "", clock.GetUtcNow() - TimeSpan.FromSeconds(1)));

        (reply.Status, reply.Code).Should().Be((401, 10));
    }

    [Fact]
    public async Task A_replayed_request_runs_once_however_many_come_at_once()
    {
        await using var gateway = await SignedRoutes.StartAsync();
        var now = TimeProvider.System.GetUtcNow();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.SendAsync(HttpMethod.Post, "/probe/srv", null, Body, request =>
            SignedRequest.Sign(request, gateway.ServiceKey, Body, now, "the same nonce again".Replace(' ', '-')))));

        replies.Count(reply => reply.Status == 200).Should().Be(1);
        replies.Count(reply => reply is { Status: 401, Code: 10 }).Should().Be(19);
        gateway.HandlersRun.Should().Be(1);
    }

    [Fact]
    public async Task A_nonce_of_a_request_that_was_refused_is_not_used_up()
    {
        await using var gateway = await SignedRoutes.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        const string Nonce = "0123456789abcdef";
        await gateway.SendAsync(HttpMethod.Get, "/probe/srv", more: request =>
            SignedRequest.Sign(request, gateway.ServiceKey with { Secret = "guessed" }, "", now, Nonce));

        var reply = await gateway.SendAsync(HttpMethod.Get, "/probe/srv", more: request => SignedRequest.Sign(request, gateway.ServiceKey, "", now, Nonce));

        reply.Status.Should().Be(200);
    }

    [Fact]
    public async Task A_key_opens_its_scope_and_no_other()
    {
        await using var gateway = await SignedRoutes.StartAsync();
        (ServiceKeySecret Key, string Path)[] open =
        [
            (gateway.ServiceKey, "/probe/srv"), (gateway.EngineKey, "/probe/mt"), (gateway.MonitorKey, "/probe/monitor"),
        ];

        foreach (var (key, path) in open.SelectMany(a => open.Select(b => (a.Key, b.Path))))
        {
            var reply = await gateway.SignedAsync(key, HttpMethod.Get, path);
            (reply.Status, reply.Code).Should().Be(open.Contains((key, path)) ? (200, 0) : (403, 14), "{0} at {1}", key.KeyId, path);
        }

        gateway.HandlersRun.Should().Be(3);
    }

    [Fact]
    public async Task A_users_token_opens_no_service_and_a_services_key_no_user()
    {
        await using var gateway = await SignedRoutes.StartAsync();

        var user = await gateway.GetAsync("/probe/srv", "admin");
        var service = await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Get, "/auth/me");

        (user.Status, user.Code).Should().Be((401, 10));
        (service.Status, service.Code, gateway.HandlersRun).Should().Be((401, 10, 0));
    }

    [Fact]
    public async Task Metrics_are_open_here_and_to_a_monitor_elsewhere()
    {
        await using var gateway = await SignedRoutes.StartAsync();
        static void Forwarded(HttpRequestMessage request) => request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        (await gateway.SendAsync(HttpMethod.Get, "/probe/metrics")).Status.Should().Be(200);
        (await gateway.SendAsync(HttpMethod.Get, "/probe/metrics", more: Forwarded)).Status.Should().Be(401);
        (await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Get, "/probe/metrics", change: Forwarded)).Status.Should().Be(403);
        (await gateway.SignedAsync(gateway.MonitorKey, HttpMethod.Get, "/probe/metrics", change: Forwarded)).Status.Should().Be(200);
    }

    [Fact]
    public async Task Details_of_health_are_told_here_and_to_a_monitor_elsewhere()
    {
        await using var gateway = await SignedRoutes.StartAsync();
        static void Forwarded(HttpRequestMessage request) => request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        (await gateway.SendAsync(HttpMethod.Get, "/health/ready")).Data["checks"].Should().NotBeNull();
        (await gateway.SendAsync(HttpMethod.Get, "/health/ready", more: Forwarded)).Data["checks"].Should().BeNull();
        (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, "/health/ready", change: Forwarded)).Data["checks"].Should().BeNull();
        (await gateway.SignedAsync(gateway.MonitorKey, HttpMethod.Get, "/health/ready", change: Forwarded)).Data["checks"].Should().NotBeNull();
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_before_it_is_whole()
    {
        await using var gateway = await SignedRoutes.StartAsync();

        var reply = await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Post, "/probe/srv", new string(' ', (1024 * 1024) + 1));

        (reply.Status, reply.Code, gateway.HandlersRun).Should().Be((413, 33, 0));
    }

    [Theory]
    [InlineData("revoked", 401, 10)]
    [InlineData("expired", 401, 10)]
    [InlineData("account stopped", 403, 11)]
    public async Task A_key_whose_row_no_longer_opens_anything_is_out_after_ten_seconds(string fault, int status, int code)
    {
        var clock = new FakeClock();
        await using var gateway = await SignedRoutes.StartAsync(clock);
        (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, "/probe/mt")).Status.Should().Be(200);

        await using (var context = gateway.Database())
        {
            var key = context.ServiceKeys.Single(row => row.KeyId == "engine-key");
            key.IsActive = fault != "revoked";
            key.Expires = fault == "expired" ? clock.GetUtcNow() : null;
            context.Accounts.Single(row => row.AccountId == "one").IsActive = fault != "account stopped";
            await context.SaveChangesAsync();
        }

        clock.Advance(TimeSpan.FromSeconds(10));
        var reply = await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, "/probe/mt");

        (reply.Status, reply.Code, gateway.HandlersRun).Should().Be((status, code, 1));
    }

    [Fact]
    public async Task A_rotated_key_has_two_secrets_for_a_day()
    {
        var clock = new FakeClock();
        await using var gateway = await SignedRoutes.StartAsync(clock);
        ServiceKeySecret rotated;
        await using (var context = gateway.Database())
        {
            var keys = gateway.App.Services.GetRequiredService<ServiceKeys>();
            rotated = keys.Rotate(context.ServiceKeys.Single(row => row.KeyId == "srv-key"));
            await context.SaveChangesAsync();
            keys.Drop(rotated.KeyId);
        }

        rotated.KeyId.Should().Be("srv-key");
        (await gateway.SignedAsync(rotated, HttpMethod.Get, "/probe/srv")).Status.Should().Be(200);
        (await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Get, "/probe/srv")).Status.Should().Be(200);

        clock.Skip(TimeSpan.FromHours(24));
        (await gateway.SignedAsync(rotated, HttpMethod.Get, "/probe/srv")).Status.Should().Be(200);
        (await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Get, "/probe/srv")).Status.Should().Be(401);
    }

    [Fact]
    public async Task No_secret_stands_in_the_database()
    {
        await using var gateway = await SignedRoutes.StartAsync();

        await using var context = gateway.Database();
        context.ServiceKeys.ToList().Should().HaveCount(3)
            .And.OnlyContain(row => !row.Secret.Contains("secret") && row.Secret.StartsWith("1.") && row.Secret.Length < 512);
    }
}
