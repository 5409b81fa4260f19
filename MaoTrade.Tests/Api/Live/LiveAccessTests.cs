using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Live;

/// <summary>Who may listen, to what and from where, and for how long.</summary>
public sealed class LiveAccessTests
{
    [Fact]
    public async Task The_token_may_come_as_the_first_message()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await LivePeer.ConnectAsync(rig.Gateway);
        await peer.SendAsync($$"""{"action":"auth","token":"{{rig.Gateway.TokenOf("owner")}}"}""");
        await peer.SubscribeAsync("orders");
        await peer.ExpectAsync("snapshot 1000");
    }

    [Theory]
    [InlineData("""{"action":"auth","token":"nonsense"}""", 4401)]
    [InlineData("""{"action":"auth"}""", 4401)]
    [InlineData("""{"action":"ping"}""", 4401)]
    [InlineData("""{"action":"subscribe","accountId":"one","channels":["orders"]}""", 4401)]
    [InlineData("not json", 4400)]
    [InlineData("[]", 4400)]
    [InlineData("""{"action":"auth","token":"t","extra":1}""", 4400)]
    public async Task Who_does_not_say_who_they_are_first_is_closed(string message, int code)
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await LivePeer.ConnectAsync(rig.Gateway);
        await peer.SendAsync(message);
        (await peer.CloseCodeAsync()).Should().Be(code);
        rig.Hub.Feeds.Should().Be(0, "no engine was asked");
    }

    [Theory]
    [InlineData("inactive")]
    [InlineData("blocked")]
    [InlineData("expired")]
    [InlineData("unknown")]
    public async Task A_user_who_may_not_call_is_closed_with_4403(string user)
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await LivePeer.ConnectAsync(rig.Gateway);
        await peer.SendAsync($$"""{"action":"auth","token":"{{rig.Gateway.TokenOf(user)}}"}""");
        (await peer.CloseCodeAsync()).Should().Be(4403);
    }

    [Fact]
    public async Task A_header_that_proves_nothing_is_refused_before_there_is_a_connection()
    {
        await using var rig = await LiveRig.StartAsync();
        (await LivePeer.RefusedAsync(rig.Gateway, "nonsense")).Should().Be(401);
        (await LivePeer.RefusedAsync(rig.Gateway, rig.Gateway.TokenOf("blocked"))).Should().Be(403);
        (await LivePeer.RefusedAsync(rig.Gateway, rig.Gateway.TokenOf("owner"), protocol: "other")).Should().Be(422);
        (await rig.Gateway.SendAsync(HttpMethod.Get, "/clientmt/live", rig.Gateway.TokenOf("owner"))).Code.Should().Be(30);
        (await rig.Gateway.SendAsync(HttpMethod.Get, $"/clientmt/live?token={rig.Gateway.TokenOf("owner")}")).Code.Should().Be(10, "a token in an address is none");
    }

    [Theory]
    [InlineData("owner", "two", "orders")]
    [InlineData("owner", "nobodys", "orders")]
    [InlineData("viewer", "one", "logs")]
    [InlineData("viewer", "one", "orders,logs")]
    public async Task What_is_not_theirs_closes_with_4403_and_no_engine_hears_of_it(string user, string account, string channels)
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ConnectAsync(user);
        await peer.SubscribeAsync(channels, account);
        (await peer.CloseCodeAsync()).Should().Be(4403);
        rig.Hub.Feeds.Should().Be(0);
    }

    [Fact]
    public async Task A_viewer_listens_and_a_wish_that_is_wrong_is_told_so_and_changes_nothing()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ConnectAsync("viewer");
        foreach (var wrong in new[]
        {
            """{"action":"subscribe","accountId":"one","channels":["prices"]}""", """{"action":"subscribe","accountId":"one","channels":[]}""",
            """{"action":"subscribe","accountId":"one","channels":["orders"],"from":{"trades":1}}""",
            """{"action":"subscribe","accountId":"one","channels":["orders"],"from":{"orders":-1}}""",
        })
        {
            await peer.SendAsync(wrong);
            var (what, data) = await peer.EventAsync();
            what.Should().Be("error");
            data.GetProperty("code").GetInt32().Should().Be(30, wrong);
        }

        await peer.SubscribeAsync("portfolio");
        await peer.ExpectAsync("snapshot 1000");
    }

    [Fact]
    public async Task The_end_of_the_token_ends_the_connection_unless_a_new_one_came()
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        await using var rig = await LiveRig.StartAsync(clock);
        using var ends = await rig.ListenAsync();
        using var stays = await rig.ListenAsync();
        for (var second = 0; second < 870; second += 30)
        {
            await rig.AdvanceAsync(clock, TimeSpan.FromSeconds(30));
            await ends.SendAsync("""{"action":"ping"}""");
            await stays.SendAsync("""{"action":"ping"}""");
            await ends.ExpectAsync("pong");
            await stays.ExpectAsync("pong");
        }

        await stays.SendAsync($$"""{"action":"auth","token":"{{rig.Gateway.TokenOf("owner")}}"}""");
        await stays.SendAsync("""{"action":"ping"}""");
        await stays.ExpectAsync("pong");
        await rig.AdvanceAsync(clock, TimeSpan.FromSeconds(31));

        (await ends.CloseCodeAsync()).Should().Be(4401);
        await stays.SendAsync("""{"action":"ping"}""");
        await stays.ExpectAsync("pong");
    }

    [Fact]
    public async Task Nobody_becomes_somebody_else_on_an_open_connection()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ConnectAsync("viewer");
        await peer.SendAsync($$"""{"action":"auth","token":"{{rig.Gateway.TokenOf("owner")}}"}""");
        (await peer.CloseCodeAsync()).Should().Be(4401);
    }

    [Theory]
    [InlineData("blocked")]
    [InlineData("role")]
    [InlineData("deleted")]
    public async Task Who_loses_the_right_to_listen_is_out_within_ten_seconds(string how)
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        await using var rig = await LiveRig.StartAsync(clock);
        using var peer = await rig.ListenAsync(user: "viewer");
        await rig.AdvanceAsync(clock, TimeSpan.FromSeconds(3));
        await using (var context = rig.Gateway.Database())
        {
            var user = context.Users.Single(row => row.UserId == "viewer");
            switch (how)
            {
                case "blocked":
                    user.Status = UserStatus.Blocked;
                    break;
                case "role":
                    context.RemoveRange(context.AccountRoles.Where(role => role.UserKey == user.Id));
                    break;
                default:
                    context.RemoveRange(context.AccountRoles.Where(role => role.UserKey == user.Id));
                    context.RemoveRange(context.Set<Credential>().Where(row => row.User!.Id == user.Id));
                    context.Remove(user);
                    break;
            }

            await context.SaveChangesAsync();
        }

        var closing = peer.CloseCodeAsync();
        await rig.AdvanceAsync(clock, TimeSpan.FromSeconds(10));
        (await closing).Should().Be(4403);
    }

    [Theory]
    [InlineData("https://evil.example.com", false)]
    [InlineData("null", false)]
    [InlineData("http://console.example.com", false)]
    [InlineData("https://console.example.com", true)]
    public async Task A_page_of_elsewhere_may_connect_only_when_it_is_on_the_list(string origin, bool isAllowed)
    {
        await using var rig = await LiveRig.StartAsync(http: new HttpOptions { CorsOrigins = ["https://console.example.com"] });
        if (isAllowed)
        {
            using var peer = await LivePeer.ConnectAsync(rig.Gateway, rig.Gateway.TokenOf("owner"), origin);
        }
        else
        {
            (await LivePeer.RefusedAsync(rig.Gateway, rig.Gateway.TokenOf("owner"), origin)).Should().Be(403);
        }
    }

    [Fact]
    public async Task The_gateways_own_page_may_connect()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await LivePeer.ConnectAsync(rig.Gateway, rig.Gateway.TokenOf("owner"), rig.Gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        await peer.SubscribeAsync("orders");
        await peer.ExpectAsync("snapshot 1000");
    }
}
