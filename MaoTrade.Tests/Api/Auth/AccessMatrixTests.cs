using MaoApi.Auth;
using MaoTrade.Tests.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Auth;

public sealed class AccessMatrixTests
{
    /// <summary>A valid body, or query of a GET, for every route that names an account; a new route must be added here.</summary>
    private static readonly Dictionary<string, string?> AccountRoutes = new(StringComparer.Ordinal)
    {
        ["GET /clientmt/portfolio"] = null,
        ["GET /clientmt/orders"] = null,
        ["GET /clientmt/live/events"] = null,
        ["POST /clientmt/orders/open"] = """{"accountId":"ID","epic":"EURUSD","opType":1,"qty":1}""",
        ["POST /clientmt/orders/close"] = """{"accountId":"ID","epic":"EURUSD"}""",
        ["POST /clientmt/signal/crud"] = """{"accountId":"ID","op":"delete","signal":{"signalId":"s"}}""",
        ["POST /clientmt/signal/validate"] = """{"accountId":"ID","signal":{"epic":"EURUSD","system":"FUTM","timeFrame":60}}""",
        ["POST /clientmt/orders/modify"] = """{"accountId":"ID","epic":"EURUSD","stopPrice":1}""",
        ["POST /clientmt/orders/cancel"] = """{"accountId":"ID","orderId":"o"}""",
        ["POST /clientmt/killswitch"] = """{"accountId":"ID","reason":"r"}""",
        ["GET /clientmt/systems"] = null,
        ["GET /clientmt/systems/{signalId}/state"] = null,
        ["GET /clientmt/systems/{signalId}/chart"] = null,
        ["GET /clientmt/systems/{signalId}/log"] = null,
        ["POST /clientmt/systems/block"] = """{"accountId":"ID","signalId":"s","blocked":true}""",
        ["POST /clientmt/roles/list"] = """{"accountId":"ID"}""",
        ["POST /clientmt/roles/create"] = """{"accountId":"ID","userId":"stranger","role":"viewer"}""",
        ["POST /clientmt/roles/update"] = """{"accountId":"ID","userId":"viewer","version":1,"role":"owner"}""",
        ["POST /clientmt/roles/delete"] = """{"accountId":"ID","userId":"viewer","version":1}""",
        ["POST /clientmt/account/update"] = """{"accountId":"ID","version":1}""",
        ["GET /clientmt/performance"] = "period=7d",
        ["GET /clientmt/report"] = "period=7d",
        ["POST /clientmt/backtest/start"] = """{"accountId":"ID","system":"FUTM","epic":"EURUSD"}""",
        ["GET /clientmt/backtest/{jobId}"] = null,
        ["GET /clientmt/backtest/{jobId}/result"] = null,
        ["GET /clientmt/backtest/{jobId}/report"] = null,
        ["POST /clientmt/backtest/{jobId}/cancel"] = """{"accountId":"ID"}""",
        ["POST /clientmt/log"] = """{"accountId":"ID","logDate":"2026-01-05"}""",
    };

    /// <summary>Answers that go on: who may listen is their own tests' matter.</summary>
    private static readonly string[] Streams = ["GET /clientmt/live/events"];

    /// <summary>Drawn of what an engine tells: this one tells nothing, which is a broken wire to those who may ask.</summary>
    private static readonly string[] Drawn = ["GET /clientmt/report", "GET /clientmt/backtest/{jobId}/report"];

    private static readonly string[] NoAccountRoutes = ["GET /clientmt/accounts", "GET /clientmt/live"];

    [Fact]
    public async Task Every_route_declares_a_policy()
    {
        await using var gateway = await Gateway.StartAsync();

        gateway.Routes.Should().NotBeEmpty();
        gateway.Routes.Where(route => route.Metadata.GetMetadata<AccessRequirement>() is null).Should().BeEmpty();
    }

    [Fact]
    public async Task A_route_without_a_policy_cannot_be_reached()
    {
        var runs = 0;
        await using var gateway = await Gateway.StartAsync(map: app => app.MapGet("/undeclared", () => ++runs));

        var reply = await gateway.GetAsync("/undeclared", "admin");

        (reply.Status, reply.Code, runs).Should().Be((403, 14, 0));
    }

    [Fact]
    public async Task No_protected_route_runs_for_a_token_that_proves_nothing()
    {
        await using var gateway = await Gateway.StartAsync();
        var tokens = ForgedTokens.All(gateway.App.Services.GetRequiredService<SigningKeys>(), TimeProvider.System.GetUtcNow());

        foreach (var route in Protected(gateway))
        {
            foreach (var (kind, token) in tokens)
            {
                var reply = await CallAsync(gateway, route, token, "one");
                (reply.Status, reply.Code).Should().Be((401, 10), "{0} with a token {1}", Name(route), kind);
                reply.Headers.WwwAuthenticate.Should().ContainSingle();
            }
        }

        gateway.HandlersRun.Should().Be(0);
    }

    [Fact]
    public async Task The_token_the_others_are_forged_from_is_good()
    {
        await using var gateway = await Gateway.StartAsync();
        var good = ForgedTokens.Good(gateway.App.Services.GetRequiredService<SigningKeys>(), TimeProvider.System.GetUtcNow());

        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", good)).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("inactive", 11)]
    [InlineData("expired", 12)]
    [InlineData("blocked", 13)]
    [InlineData("unknown", 11)]
    public async Task No_protected_route_runs_for_a_user_who_may_not_call(string user, int code)
    {
        await using var gateway = await Gateway.StartAsync();

        foreach (var route in Protected(gateway))
        {
            var reply = await CallAsync(gateway, route, gateway.TokenOf(user), "one");
            (reply.Status, reply.Code).Should().Be((403, code), Name(route));
        }

        gateway.HandlersRun.Should().Be(0);
    }

    [Fact]
    public async Task No_administrators_route_runs_for_a_user()
    {
        await using var gateway = await Gateway.StartAsync();

        foreach (var route in Protected(gateway).Where(route => route.Metadata.GetMetadata<AccessRequirement>()!.Level == AccessLevel.Admin))
        {
            var reply = await CallAsync(gateway, route, gateway.TokenOf("owner"), "one");
            (reply.Status, reply.Code).Should().Be((403, 14), Name(route));
        }

        gateway.HandlersRun.Should().Be(0);
    }

    [Theory]
    [InlineData("two")]
    [InlineData("nobodys")]
    public async Task A_foreign_account_and_an_unknown_one_are_refused_alike_and_no_engine_hears_of_it(string accountId)
    {
        await using var gateway = await Gateway.StartAsync();
        var routes = gateway.Routes.Where(route => Name(route).Contains("/clientmt/", StringComparison.Ordinal)).ToList();
        routes.Select(Name).Should().BeEquivalentTo(AccountRoutes.Keys.Concat(NoAccountRoutes));

        foreach (var route in routes.Where(route => !NoAccountRoutes.Contains(Name(route))))
        {
            var reply = await CallAsync(gateway, route, gateway.TokenOf("owner"), accountId);
            (reply.Status, reply.Code, reply.Body["message"]!.ToString())
                .Should().Be((403, 14, "not allowed, or an account that is not the caller's"), Name(route));
        }

        gateway.Engine.Received.Should().Be(0);
    }

    [Fact]
    public async Task An_administrator_is_refused_an_unknown_account()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await gateway.PostAsync("/admin/logmt", """{"accountId":"nobodys","logDate":"2026-01-05"}""", "admin");

        (reply.Status, reply.Code, gateway.Engine.Received).Should().Be((403, 14, 0));
    }

    [Fact]
    public async Task A_viewer_reads_and_does_not_trade()
    {
        await using var gateway = await Gateway.StartAsync();
        string[] reading = [.. AccountRoutes.Keys.Where(name => name.StartsWith("GET ", StringComparison.Ordinal)), "POST /clientmt/signal/validate"];

        foreach (var route in gateway.Routes.Where(route => AccountRoutes.ContainsKey(Name(route)) && !reading.Contains(Name(route))))
        {
            var reply = await CallAsync(gateway, route, gateway.TokenOf("viewer"), "one");
            (reply.Status, reply.Code).Should().Be((403, 14), Name(route));
        }

        gateway.Engine.Received.Should().Be(0);
        foreach (var route in gateway.Routes.Where(route => reading.Contains(Name(route)) && !Streams.Contains(Name(route))))
        {
            var reply = await CallAsync(gateway, route, gateway.TokenOf("viewer"), "one");
            reply.Status.Should().Be(Drawn.Contains(Name(route)) ? 502 : 200, Name(route));
        }

        var read = await gateway.PostAsync("/clientmt/signal/crud", """{"op":"read"}""", "viewer");
        read.Status.Should().Be(200);
    }

    [Fact]
    public async Task A_user_blocked_in_the_database_is_out_after_ten_seconds_at_the_latest()
    {
        var clock = new MaoTrade.Tests.Support.FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var token = gateway.TokenOf("owner");
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", token)).Status.Should().Be(200);

        await using (var context = gateway.Database())
        {
            context.Users.Single(user => user.UserId == "owner").Status = MaoApi.Data.Entities.UserStatus.Blocked;
            await context.SaveChangesAsync();
        }

        clock.Advance(TimeSpan.FromSeconds(10));
        var reply = await gateway.SendAsync(HttpMethod.Get, "/auth/me", token);
        (reply.Status, reply.Code).Should().Be((403, 13));
    }

    [Fact]
    public async Task A_user_who_is_no_longer_an_administrator_is_out_at_once()
    {
        await using var gateway = await Gateway.StartAsync();
        const string Path = "/admin/accounts/list";
        (await gateway.PostAsync(Path, "{}", "admin")).Status.Should().Be(200);
        await using (var context = gateway.Database())
        {
            context.Users.Single(user => user.UserId == "admin").IsAdmin = false;
            await context.SaveChangesAsync();
        }

        var reply = await gateway.PostAsync(Path, "{}", "admin");

        (reply.Status, reply.Code).Should().Be((403, 14));
    }

    [Fact]
    public async Task A_token_that_was_verified_before_ends_when_it_says()
    {
        var clock = new MaoTrade.Tests.Support.FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var token = gateway.TokenOf("owner");
        clock.Skip(TimeSpan.FromSeconds(899));
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", token)).Status.Should().Be(200);

        clock.Advance(TimeSpan.FromSeconds(1));

        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", token)).Code.Should().Be(10);
    }

    [Theory]
    [InlineData("trade")]
    [InlineData("read")]
    public async Task No_personal_token_reaches_what_a_person_must_do_themselves(string scope)
    {
        await using var gateway = await Gateway.StartAsync();
        var token = await gateway.PersonalTokenAsync("admin", scope);
        var runs = gateway.HandlersRun;

        foreach (var route in Protected(gateway).Where(route => route.Metadata.GetMetadata<AccessRequirement>()!.Level != AccessLevel.User))
        {
            var reply = await CallAsync(gateway, route, token, "one");
            (reply.Status, reply.Code).Should().Be((403, 14), Name(route));
        }

        gateway.HandlersRun.Should().Be(runs);
    }

    [Fact]
    public async Task A_personal_token_to_read_does_what_a_viewer_may_and_nothing_that_changes()
    {
        await using var gateway = await Gateway.StartAsync();
        var token = await gateway.PersonalTokenAsync("owner", "read");
        var changing = Protected(gateway).Where(route => Method(route) != HttpMethod.Get
            && route.Metadata.GetMetadata<AccessRequirement>()!.Level == AccessLevel.User
            && Name(route) != "POST /clientmt/signal/validate");

        foreach (var route in changing)
        {
            var reply = await CallAsync(gateway, route, token, "one");
            (reply.Status, reply.Code).Should().Be((403, 14), Name(route));
        }

        gateway.Engine.Received.Should().Be(0);
    }

    [Fact]
    public async Task No_users_route_runs_for_a_service()
    {
        await using var gateway = await Gateway.StartAsync();

        foreach (var route in Protected(gateway))
        {
            foreach (var key in new[] { gateway.ServiceKey, gateway.MonitorKey, gateway.EngineKey })
            {
                var path = route.RoutePattern.RawText!.Replace('{', 'x').Replace('}', 'x');
                var reply = await gateway.SignedAsync(key, Method(route), path, Method(route) == HttpMethod.Get ? null : "{}");
                (reply.Status, reply.Code).Should().Be((401, 10), "{0} with the key {1}", Name(route), key.KeyId);
            }
        }

        gateway.HandlersRun.Should().Be(0);
    }

    /// <summary>The routes of users; those of services have a matrix of their own.</summary>
    private static IEnumerable<RouteEndpoint> Protected(Gateway gateway) => gateway.Routes.Where(route =>
        route.Metadata.GetMetadata<AccessRequirement>()!.Level is AccessLevel.User or AccessLevel.LoggedIn or AccessLevel.Admin);

    private static string Name(RouteEndpoint route) =>
        $"{Method(route)} {route.RoutePattern.RawText}";

    private static HttpMethod Method(RouteEndpoint route) => new(route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]);

    private static Task<Reply> CallAsync(Gateway gateway, RouteEndpoint route, string? token, string accountId)
    {
        var body = AccountRoutes.GetValueOrDefault(Name(route))?.Replace("ID", accountId, StringComparison.Ordinal);
        var path = route.RoutePattern.RawText!;
        return Method(route) == HttpMethod.Get
            ? gateway.SendAsync(HttpMethod.Get, $"{path}?accountId={accountId}&{body}", token)
            : gateway.SendAsync(Method(route), path, token, body ?? "{}");
    }
}
