using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Auth;

public sealed class LogInTests
{
    [Fact]
    public async Task The_right_password_opens_a_session()
    {
        await using var gateway = await Gateway.StartAsync();

        var reply = await LogInAsync(gateway, "owner", Gateway.Password);

        reply.Status.Should().Be(200);
        reply.Data["expiresIn"]!.GetValue<int>().Should().Be(900);
        reply.Data["tokenType"]!.ToString().Should().Be("Bearer");
        reply.Data["user"]!["accounts"]!.ToJsonString().Should().Be("""[{"accountId":"one","role":"owner"}]""");
        var me = await gateway.SendAsync(HttpMethod.Get, "/auth/me", reply.Data["accessToken"]!.ToString());
        me.Data["user"]!["userId"]!.ToString().Should().Be("owner");
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("nobody")]
    public async Task After_five_failures_the_right_password_is_refused_too_until_fifteen_minutes_are_over(string user)
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        for (var i = 0; i < 5; i++)
        {
            var failure = await LogInAsync(gateway, user, "wrong");
            (failure.Status, failure.Code).Should().Be((401, 10));
        }

        var locked = await LogInAsync(gateway, user, Gateway.Password);
        (locked.Status, locked.Code).Should().Be((429, 13));
        locked.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromMinutes(15));

        clock.Advance(TimeSpan.FromMinutes(15));
        (await LogInAsync(gateway, user, Gateway.Password)).Status.Should().Be(user == "owner" ? 200 : 401);
    }

    [Fact]
    public async Task Successes_do_not_count_and_forgive_earlier_failures()
    {
        await using var gateway = await Gateway.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                await LogInAsync(gateway, "owner", "wrong");
            }

            (await LogInAsync(gateway, "owner", Gateway.Password)).Status.Should().Be(200);
        }
    }

    [Fact]
    public async Task One_address_may_fail_twenty_times_whatever_the_names()
    {
        await using var gateway = await Gateway.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            (await LogInAsync(gateway, $"guess{i}", "wrong")).Status.Should().Be(401);
        }

        var locked = await LogInAsync(gateway, "owner", Gateway.Password);

        (locked.Status, locked.Code).Should().Be((429, 13));
    }

    [Fact]
    public async Task Many_guesses_at_once_gain_nothing()
    {
        await using var gateway = await Gateway.StartAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => LogInAsync(gateway, "owner", "wrong")));

        replies.Count(reply => reply.Status == 401).Should().Be(5);
        replies.Count(reply => reply is { Status: 429, Code: 13 }).Should().Be(7);
    }

    [Theory]
    [InlineData("inactive", 11)]
    [InlineData("expired", 12)]
    [InlineData("blocked", 13)]
    public async Task Only_the_right_password_learns_why_a_user_is_refused(string user, int code)
    {
        await using var gateway = await Gateway.StartAsync();

        (await LogInAsync(gateway, user, "wrong")).Code.Should().Be(10);
        var refused = await LogInAsync(gateway, user, Gateway.Password);

        (refused.Status, refused.Code).Should().Be((403, code));
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_its_theft_ends_the_family()
    {
        await using var gateway = await Gateway.StartAsync();
        var first = (await LogInAsync(gateway, "owner", Gateway.Password)).Data["refreshToken"]!.ToString();

        var second = await RefreshAsync(gateway, first);
        second.Status.Should().Be(200);
        var stolen = await RefreshAsync(gateway, first);
        (stolen.Status, stolen.Code).Should().Be((401, 10));
        (await RefreshAsync(gateway, second.Data["refreshToken"]!.ToString())).Code.Should().Be(10);
    }

    [Fact]
    public async Task A_refresh_token_ends_after_twelve_hours()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var token = (await LogInAsync(gateway, "owner", Gateway.Password)).Data["refreshToken"]!.ToString();

        clock.Advance(TimeSpan.FromHours(12));

        (await RefreshAsync(gateway, token)).Code.Should().Be(10);
    }

    [Fact]
    public async Task A_log_out_ends_the_session()
    {
        await using var gateway = await Gateway.StartAsync();
        var token = (await LogInAsync(gateway, "owner", Gateway.Password)).Data["refreshToken"]!.ToString();

        (await gateway.PostAsync("/auth/logout", $$"""{"refreshToken":"{{token}}"}""")).Status.Should().Be(200);

        (await RefreshAsync(gateway, token)).Code.Should().Be(10);
    }

    private static Task<Reply> LogInAsync(Gateway gateway, string user, string password) =>
        gateway.SendAsync(HttpMethod.Post, "/auth/login", null, $$"""{"user":"{{user}}","password":"{{password}}"}""");

    private static Task<Reply> RefreshAsync(Gateway gateway, string token) =>
        gateway.SendAsync(HttpMethod.Post, "/auth/refresh", null, $$"""{"refreshToken":"{{token}}"}""");
}
