using MaoApi.Auth;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace MaoTrade.Tests.Api.Auth;

public sealed class PersonalTokenTests
{
    private const string Order = """{"accountId":"one","epic":"EURUSD","opType":1,"qty":1}""";

    [Fact]
    public async Task A_token_is_told_once_listed_without_it_and_kept_as_a_hash()
    {
        await using var gateway = await Gateway.StartAsync();

        var made = (await gateway.PostAsync("/auth/tokens", """{"name":"script","scope":"read"}""")).Data;

        var token = made["token"]!.ToString();
        token.Should().MatchRegex("^mao_pat_[A-Za-z0-9]{43}$");
        var listed = (await gateway.GetAsync("/auth/tokens")).Data["items"]!.AsArray().Should().ContainSingle().Subject!.AsObject();
        listed.Select(member => member.Key).Should().Equal("tokenId", "name", "scope", "created", "expires", "revoked");
        listed["tokenId"]!.ToString().Should().Be(made["tokenId"]!.ToString());
        await using var context = gateway.Database();
        context.AccessTokens.Single().TokenHash.Should().MatchRegex("^[0-9a-f]{64}$");
        (await gateway.GetAsync("/auth/tokens", "viewer")).Data["items"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task A_token_to_trade_trades_and_one_to_read_reads()
    {
        await using var gateway = await Gateway.StartAsync();
        var trade = await gateway.PersonalTokenAsync("owner", "trade");
        var read = await gateway.PersonalTokenAsync("owner", "read");

        foreach (var token in new[] { trade, read })
        {
            (await gateway.SendAsync(HttpMethod.Get, "/clientmt/portfolio", token)).Status.Should().Be(200);
            (await gateway.SendAsync(HttpMethod.Get, "/auth/me", token)).Status.Should().Be(200);
            (await gateway.SendAsync(HttpMethod.Post, "/clientmt/signal/crud", token, """{"op":"read"}""")).Status.Should().Be(200);
        }

        (await gateway.SendAsync(HttpMethod.Post, "/clientmt/orders/open", trade, Order)).Status.Should().Be(200);
        var heard = gateway.Engine.Received;
        var refused = await gateway.SendAsync(HttpMethod.Post, "/clientmt/orders/open", read, Order);
        (refused.Status, refused.Code, gateway.Engine.Received).Should().Be((403, 14, heard));
    }

    [Fact]
    public async Task A_token_to_read_changes_nothing_anywhere()
    {
        var runs = 0;
        await using var gateway = await Gateway.StartAsync(map: app =>
            app.MapMethods("/probe", ["GET", "POST", "PUT", "PATCH", "DELETE"], () => ++runs).RequireAccess(AccessLevel.User));
        var token = await gateway.PersonalTokenAsync("owner", "read");

        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE" })
        {
            var refused = await gateway.SendAsync(new HttpMethod(method), "/probe", token);
            (refused.Status, refused.Code, runs).Should().Be((403, 14, 0), method);
        }
    }

    [Theory]
    [InlineData("GET", "/auth/tokens")]
    [InlineData("POST", "/auth/tokens")]
    [InlineData("DELETE", "/auth/tokens/any")]
    [InlineData("POST", "/auth/logout")]
    [InlineData("POST", "/admin/accounts/list")]
    public async Task No_token_reaches_administration_or_further_tokens(string method, string path)
    {
        await using var gateway = await Gateway.StartAsync();
        var token = await gateway.PersonalTokenAsync("admin", "trade");
        var handlers = gateway.HandlersRun;

        var refused = await gateway.SendAsync(new HttpMethod(method), path, token, method == "GET" ? null : "{}");

        (refused.Status, refused.Code, gateway.HandlersRun).Should().Be((403, 14, handlers));
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing_and_is_nobody_elses_to_revoke()
    {
        await using var gateway = await Gateway.StartAsync();
        var made = (await gateway.PostAsync("/auth/tokens", """{"name":"script","scope":"read"}""")).Data;
        var (token, path) = (made["token"]!.ToString(), $"/auth/tokens/{made["tokenId"]}");

        (await gateway.SendAsync(HttpMethod.Delete, path, gateway.TokenOf("stranger"))).Code.Should().Be(20);
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", token)).Status.Should().Be(200);
        (await gateway.SendAsync(HttpMethod.Delete, path, gateway.TokenOf("owner"))).Status.Should().Be(200);

        var refused = await gateway.SendAsync(HttpMethod.Get, "/auth/me", token);
        (refused.Status, refused.Code).Should().Be((401, 10));
    }

    [Fact]
    public async Task A_token_revoked_at_another_gateway_is_out_after_ten_seconds_and_one_that_is_over_at_once()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var revoked = await gateway.PersonalTokenAsync("owner", "read");
        var over = (await gateway.PostAsync("/auth/tokens", """{"name":"short","scope":"read","days":1}""")).Data["token"]!.ToString();
        clock.Skip(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(11));
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", revoked)).Status.Should().Be(200);
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", over)).Status.Should().Be(200);
        await using (var context = gateway.Database())
        {
            context.AccessTokens.First().Revoked = clock.GetUtcNow();
            await context.SaveChangesAsync();
        }

        clock.Advance(TimeSpan.FromSeconds(10));
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", revoked)).Code.Should().Be(10);
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", over)).Status.Should().Be(200);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", over)).Code.Should().Be(10);
    }

    [Fact]
    public async Task A_blocked_users_token_opens_nothing()
    {
        await using var gateway = await Gateway.StartAsync();
        var token = await gateway.PersonalTokenAsync("owner", "trade");
        await using (var context = gateway.Database())
        {
            context.Users.Single(user => user.UserId == "owner").Status = MaoApi.Data.Entities.UserStatus.Blocked;
            await context.SaveChangesAsync();
        }

        gateway.App.Services.GetService(typeof(UserDirectory)).As<UserDirectory>().Drop("owner");
        var refused = await gateway.SendAsync(HttpMethod.Get, "/auth/me", token);
        (refused.Status, refused.Code).Should().Be((403, 13));
    }

    [Theory]
    [InlineData("""{"scope":"read"}""", "name")]
    [InlineData("""{"name":"x"}""", "scope")]
    [InlineData("""{"name":"x","scope":"admin"}""", "scope")]
    [InlineData("""{"name":"x","scope":"read","days":0}""", "days")]
    [InlineData("""{"name":"x","scope":"read","days":366}""", "days")]
    public async Task What_cannot_be_made_is_named(string body, string field)
    {
        await using var gateway = await Gateway.StartAsync();

        var refused = await gateway.PostAsync("/auth/tokens", body);

        (refused.Status, refused.Code).Should().Be((422, 30));
        refused.Data["errors"]![0]!["field"]!.ToString().Should().Be(field);
    }

    [Fact]
    public async Task A_user_has_at_most_fifty_tokens()
    {
        await using var gateway = await Gateway.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            await gateway.PersonalTokenAsync("owner", "read");
        }

        (await gateway.PostAsync("/auth/tokens", """{"name":"more","scope":"read"}""")).Code.Should().Be(30);
    }
}
