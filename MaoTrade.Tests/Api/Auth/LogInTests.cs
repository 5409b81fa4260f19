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

        clock.Skip(TimeSpan.FromMinutes(15));
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

        // A guess that takes long may find the lock that five others have made, so fewer are told that they were wrong, never more.
        replies.Should().OnlyContain(reply => (reply.Status == 401 && reply.Code == 10) || (reply.Status == 429 && reply.Code == 13));
        replies.Count(reply => reply.Status == 401).Should().BeInRange(1, 5);
        var right = await LogInAsync(gateway, "owner", Gateway.Password);
        (right.Status, right.Code).Should().Be((429, 13), "all five were counted");
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

        clock.Skip(TimeSpan.FromHours(12));

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

    [Fact]
    public async Task A_log_out_everywhere_ends_every_session_and_every_access_token_and_a_new_log_in_works_at_once()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var phone = (await LogInAsync(gateway, "owner", Gateway.Password)).Data;
        var console = (await LogInAsync(gateway, "owner", Gateway.Password)).Data;
        clock.Advance(TimeSpan.FromMilliseconds(1));

        (await gateway.SendAsync(HttpMethod.Post, "/auth/logout", console["accessToken"]!.ToString(), "{}")).Status.Should().Be(200);

        foreach (var session in new[] { phone, console })
        {
            (await gateway.SendAsync(HttpMethod.Get, "/auth/me", session["accessToken"]!.ToString())).Code.Should().Be(10);
            (await RefreshAsync(gateway, session["refreshToken"]!.ToString())).Code.Should().Be(10);
        }

        var again = (await LogInAsync(gateway, "owner", Gateway.Password)).Data["accessToken"]!.ToString();
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", again)).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_log_out_everywhere_at_another_gateway_is_heard_of_within_ten_seconds()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var token = (await LogInAsync(gateway, "owner", Gateway.Password)).Data["accessToken"]!.ToString();
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", token)).Status.Should().Be(200);
        clock.Advance(TimeSpan.FromSeconds(1));
        await using (var context = gateway.Database())
        {
            context.Users.Single(user => user.UserId == "owner").TokensFrom = clock.GetUtcNow();
            await context.SaveChangesAsync();
        }

        clock.Advance(TimeSpan.FromSeconds(9));

        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", token)).Code.Should().Be(10);
    }

    [Fact]
    public async Task The_theft_of_a_refresh_token_ends_the_access_tokens_made_with_it()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var first = (await LogInAsync(gateway, "owner", Gateway.Password)).Data["refreshToken"]!.ToString();
        var thief = (await RefreshAsync(gateway, first)).Data["accessToken"]!.ToString();
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", thief)).Status.Should().Be(200);
        clock.Advance(TimeSpan.FromSeconds(1));

        await RefreshAsync(gateway, first);

        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", thief)).Code.Should().Be(10);
    }

    [Fact]
    public async Task Of_many_uses_of_one_refresh_token_at_once_at_most_one_succeeds()
    {
        await using var gateway = await Gateway.StartAsync();
        var token = (await LogInAsync(gateway, "owner", Gateway.Password)).Data["refreshToken"]!.ToString();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(gateway, token)));

        replies.Count(reply => reply.Status == 200).Should().BeLessThanOrEqualTo(1);
        replies.Where(reply => reply.Status != 200).Should().OnlyContain(reply => reply.Code == 10);
        await using var context = gateway.Database();
        context.Sessions.Should().BeEmpty("a token that was used twice was stolen");
    }

    [Fact]
    public async Task A_lock_outlives_a_restart()
    {
        var clock = new FakeClock();
        DateTimeOffset? until;
        await using (var gateway = await Gateway.StartAsync(clock))
        {
            for (var i = 0; i < 5; i++)
            {
                await LogInAsync(gateway, "owner", "wrong");
            }

            await using var context = gateway.Database();
            until = context.Credentials.Single(row => row.User!.UserId == "owner").LockedUntil;
        }

        until.Should().Be(clock.GetUtcNow() + TimeSpan.FromMinutes(15));
        await using var again = await Gateway.StartAsync(clock);
        await using (var context = again.Database())
        {
            context.Credentials.Single(row => row.User!.UserId == "owner").LockedUntil = until;
            await context.SaveChangesAsync();
        }

        var locked = await LogInAsync(again, "owner", Gateway.Password);
        (locked.Status, locked.Code).Should().Be((429, 13));
        clock.Skip(TimeSpan.FromMinutes(15));
        (await LogInAsync(again, "owner", Gateway.Password)).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("phone", "tablet", "phone")]
    [InlineData(null, "tablet", "tablet")]
    [InlineData(null, null, null)]
    public async Task A_session_notes_its_device(string? body, string? header, string? noted)
    {
        await using var gateway = await Gateway.StartAsync();
        var device = body is null ? "null" : $"\"{body}\"";

        await gateway.SendAsync(
            HttpMethod.Post,
            "/auth/login",
            null,
            $$"""{"user":"owner","password":"{{Gateway.Password}}","deviceId":{{device}}}""",
            request => request.Headers.Add("deviceid", header is null ? Array.Empty<string>() : [header]));

        await using var context = gateway.Database();
        context.Sessions.Should().ContainSingle().Which.DeviceId.Should().Be(noted);
    }

    private static Task<Reply> LogInAsync(Gateway gateway, string user, string password) =>
        gateway.SendAsync(HttpMethod.Post, "/auth/login", null, $$"""{"user":"{{user}}","password":"{{password}}"}""");

    private static Task<Reply> RefreshAsync(Gateway gateway, string token) =>
        gateway.SendAsync(HttpMethod.Post, "/auth/refresh", null, $$"""{"refreshToken":"{{token}}"}""");
}
