using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Limits;

public sealed class RateLimitTests
{
    private const string Order = """{"epic":"EURUSD","opType":1,"qty":1}""";

    [Fact]
    public async Task A_user_over_the_limit_is_told_when_to_come_back_and_others_are_not_touched()
    {
        await using var gateway = await Gateway.StartAsync(
            rateLimit: new RateLimitOptions { Requests = 3, Window = TimeSpan.FromHours(1) });
        for (var i = 0; i < 3; i++)
        {
            var allowed = await gateway.GetAsync("/auth/me");
            allowed.Status.Should().Be(200);
            allowed.Headers.GetValues("RateLimit-Limit").Should().Equal("3");
            allowed.Headers.GetValues("RateLimit-Remaining").Should().Equal((2 - i).ToString());
        }

        var refused = await gateway.GetAsync("/auth/me");

        (refused.Status, refused.Code).Should().Be((429, 26));
        refused.Headers.RetryAfter!.Delta.Should().BePositive();
        (await gateway.GetAsync("/auth/me", "viewer")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Orders_have_a_limit_of_their_own_and_closing_is_never_counted()
    {
        await using var gateway = await Gateway.StartAsync(rateLimit: new RateLimitOptions { OrdersPerHour = 2 });
        gateway.Engine.Answer = _ => FakeReply.Done("""{"order":{},"duplicate":false}""");
        for (var i = 0; i < 2; i++)
        {
            (await gateway.PostAsync("/clientmt/orders/open", Order)).Status.Should().Be(200);
        }

        var refused = await gateway.PostAsync("/clientmt/orders/open", Order);

        (refused.Status, refused.Code).Should().Be((429, 26));
        refused.Headers.GetValues("RateLimit-Limit").Should().Equal("2");
        refused.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.FromMinutes(20));
        gateway.Engine.Received.Should().Be(2);
        (await gateway.PostAsync("/clientmt/orders/close", """{"epic":"EURUSD"}""")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Heavy_calls_have_a_limit_of_their_own()
    {
        await using var gateway = await Gateway.StartAsync(rateLimit: new RateLimitOptions { HeavyPerHour = 1 });
        gateway.Engine.Answer = _ => FakeReply.Refused(404, "no log of that day");

        (await gateway.PostAsync("/clientmt/log", """{"logDate":"2026-01-05"}""")).Code.Should().Be(20);
        (await gateway.PostAsync("/clientmt/log", """{"logDate":"2026-01-05"}""")).Code.Should().Be(26);
        (await gateway.GetAsync("/auth/me")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Without_a_credential_an_address_is_limited_and_a_forged_one_does_not_help_where_none_is_asked_for()
    {
        await using var gateway = await Gateway.StartAsync(rateLimit: new RateLimitOptions { AnonymousPerMinute = 3 });
        string[] paths = ["/clientmt/accounts", "/no/such/route", "/openapi/v1.json"];
        foreach (var path in paths)
        {
            using var allowed = await gateway.Http.GetAsync(path);
            ((int)allowed.StatusCode).Should().NotBe(429, path);
        }

        var login = await gateway.SendAsync(HttpMethod.Post, "/auth/login", "forged", """{"user":"owner","password":"x"}""");
        var open = await gateway.SendAsync(HttpMethod.Get, "/no/such/route", "forged");

        (login.Status, login.Code).Should().Be((429, 26));
        login.Headers.RetryAfter!.Delta.Should().BePositive();
        open.Code.Should().Be(26);
        (await gateway.GetAsync("/auth/me")).Status.Should().Be(200, "a user has a bucket of their own");
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", "forged")).Code.Should().Be(10);
    }

    [Fact]
    public async Task Health_is_not_limited_on_this_machine()
    {
        await using var gateway = await Gateway.StartAsync(rateLimit: new RateLimitOptions { AnonymousPerMinute = 1 });
        for (var i = 0; i < 5; i++)
        {
            (await gateway.SendAsync(HttpMethod.Get, "/health/live")).Status.Should().Be(200);
        }
    }

    [Fact]
    public async Task An_engine_that_says_too_many_slows_down_its_caller_alone()
    {
        await using var gateway = await Gateway.StartAsync(new FakeClock(), new RateLimitOptions { Requests = 100 });
        gateway.Engine.Answer = _ => FakeReply.Refused(429, "too many");
        for (var i = 0; i < 5; i++)
        {
            (await gateway.GetAsync("/clientmt/orders")).Code.Should().Be(43);
        }

        // Five times 1.01 by the request itself, 0.9 by its answer, and 1.01 by nobody yet.
        var expected = (int)(100 * Math.Pow(1.01 * 0.9, 5));
        (await gateway.GetAsync("/auth/me")).Headers.GetValues("RateLimit-Limit").Should().Equal(expected.ToString());
        (await gateway.GetAsync("/auth/me", "viewer")).Headers.GetValues("RateLimit-Limit").Should().Equal("100");
    }
}
