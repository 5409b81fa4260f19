using System.Net.WebSockets;
using System.Text;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoApi.Live;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Engine.Live;
using MaoTrade.Tests.Support;
using Serilog.Events;
using Serilog.Parsing;

namespace MaoTrade.Tests.Api.Live;

/// <summary>Live updates as a client of the gateway sees them: who may listen, in which order, and how each connection ends.</summary>
public sealed class LiveSocketTests
{
    [Fact]
    public async Task A_client_gets_a_snapshot_and_then_each_change_with_the_engines_number()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ConnectAsync();
        await peer.SubscribeAsync("orders");
        var (what, data) = await peer.EventAsync();
        what.Should().Be("snapshot 1000");
        data.GetProperty("orders").GetArrayLength().Should().Be(0);

        rig.Desk.Take(LiveDesk.Buy("a"));

        (what, data) = await peer.EventAsync();
        what.Should().Be("order_update 1001");
        data.GetProperty("clientOrderId").GetString().Should().Be("a");
    }

    [Fact]
    public async Task Each_channel_has_its_kind_of_message_its_account_and_a_time()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ConnectAsync();
        await peer.SubscribeAsync("portfolio,orders,signals,trades,logs");
        var channels = new List<string>();
        for (var i = 0; i < 5;)
        {
            var message = await peer.NextAsync();
            if (message.GetProperty("type").GetString() == "snapshot")
            {
                message.GetProperty("accountId").GetString().Should().Be("one");
                message.GetProperty("timestamp").GetDateTimeOffset().Should().BeAfter(DateTimeOffset.UnixEpoch);
                channels.Add(message.GetProperty("channel").GetString()!);
                i++;
            }
        }

        channels.Should().BeEquivalentTo("portfolio", "orders", "signals", "trades", "logs");
    }

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

    [Fact]
    public async Task Who_stays_silent_for_five_seconds_is_closed_with_4408()
    {
        var clock = new FakeClock();
        await using var rig = await LiveRig.StartAsync(clock);
        using var peer = await LivePeer.ConnectAsync(rig.Gateway);
        await Deadlines.Until(() => rig.Hub.Clients.Any(), "the client is not known");
        var closing = peer.CloseCodeAsync();
        await rig.AdvanceAsync(clock, TimeSpan.FromSeconds(4));
        closing.IsCompleted.Should().BeFalse();
        await rig.AdvanceAsync(clock, TimeSpan.FromSeconds(2));
        (await closing).Should().Be(4408);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"action":"fly"}""")]
    [InlineData("""{"action":"ping","action":"ping"}""")]
    [InlineData("")]
    public async Task What_is_no_message_closes_with_4400(string message)
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ConnectAsync();
        await peer.SendAsync(message);
        (await peer.CloseCodeAsync()).Should().Be(4400);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_close_with_4400_and_a_message_over_16_KiB_with_4413()
    {
        await using var rig = await LiveRig.StartAsync();
        using (var peer = await rig.ConnectAsync())
        {
            await peer.Socket.SendAsync(new byte[10], WebSocketMessageType.Binary, true, CancellationToken.None);
            (await peer.CloseCodeAsync()).Should().Be(4400);
        }

        foreach (var (bytes, isTooMuch) in new[] { (16 * 1024, false), ((16 * 1024) + 1, true) })
        {
            using var peer = await rig.ConnectAsync();
            const string Ping = """{"action":"ping"}""";
            await peer.SendAsync(Ping.PadRight(bytes));
            if (isTooMuch)
            {
                (await peer.CloseCodeAsync()).Should().Be(4413);
            }
            else
            {
                await peer.ExpectAsync("pong");
            }
        }
    }

    [Fact]
    public async Task A_message_in_many_pieces_is_one_message()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ConnectAsync();
        var message = Encoding.UTF8.GetBytes("""{"action":"subscribe","accountId":"one","channels":["orders"]}""");
        for (var i = 0; i < message.Length; i++)
        {
            await peer.Socket.SendAsync(message.AsMemory(i, 1), WebSocketMessageType.Text, i == message.Length - 1, CancellationToken.None);
        }

        await peer.ExpectAsync("snapshot 1000");
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

    [Fact]
    public async Task A_client_that_says_nothing_for_45_seconds_is_closed_and_one_that_pings_is_not()
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        await using var rig = await LiveRig.StartAsync(clock);
        using var silent = await rig.ListenAsync();
        using var pinging = await rig.ListenAsync();
        await rig.AdvanceAsync(clock, TimeSpan.FromSeconds(30));
        await pinging.SendAsync("""{"action":"ping"}""");
        await pinging.ExpectAsync("pong");
        var heartbeats = 0;
        var closing = CountAsync();
        await rig.AdvanceAsync(clock, TimeSpan.FromSeconds(16));

        await closing;
        ((int)silent.Socket.CloseStatus!.Value).Should().Be(4408);
        heartbeats.Should().BeInRange(2, 3, "one every 15 s");
        await pinging.SendAsync("""{"action":"ping"}""");
        await pinging.ExpectAsync("pong");

        async Task CountAsync()
        {
            while (silent.Socket.State == WebSocketState.Open)
            {
                var buffer = new byte[4096];
                var part = await silent.Socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().Within("it was not closed");
                heartbeats += Encoding.UTF8.GetString(buffer, 0, part.Count).Contains("heartbeat", StringComparison.Ordinal) ? 1 : 0;
            }
        }
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_cut_with_4429_and_delays_nobody()
    {
        await using var rig = await LiveRig.StartAsync();
        using var stalled = await rig.ListenAsync("logs");
        using var reading = await rig.ListenAsync("logs");
        var line = new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Information, null, new MessageTemplateParser().Parse(new string('x', 60_000)), []);
        for (var i = 1; i <= 400; i++)
        {
            rig.Desk.Feed.Offer(line);
            await reading.ExpectAsync($"log {1000 + i}");
        }

        rig.Hub.CutTotal.Should().Be(1);
        (await MetricsAsync(rig)).Should().Contain("mao_live_cut_total 1").And.Contain("mao_live_clients 2");
        (await stalled.CloseCodeAsync()).Should().Be(4429);
    }

    [Fact]
    public async Task A_gateway_that_stops_tells_its_clients()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ListenAsync();
        var stopping = rig.Gateway.App.StopAsync();
        (await peer.CloseCodeAsync()).Should().Be(1001);
        await peer.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await stopping.Within("the gateway does not stop");
    }

    [Fact]
    public async Task Who_comes_back_goes_on_where_they_were_and_who_was_away_too_long_begins_anew()
    {
        await using var rig = await LiveRig.StartAsync();
        using var stays = await rig.ListenAsync();
        rig.Desk.Take(LiveDesk.Buy("a"));
        rig.Desk.Take(LiveDesk.Buy("b"));
        await stays.ExpectAsync("order_update 1001", "order_update 1002");

        using var back = await rig.ConnectAsync();
        await back.SubscribeAsync("orders", more: ""","from":{"orders":1001}""");
        await back.ExpectAsync("order_update 1002");
        using var lost = await rig.ConnectAsync();
        await lost.SubscribeAsync("orders", more: ""","from":{"orders":7}""");
        (await lost.EventAsync()).What.Should().StartWith("gap ");
        await lost.ExpectAsync("snapshot 1000", "order_update 1001", "order_update 1002");
    }

    [Fact]
    public async Task A_number_is_good_at_a_gateway_that_has_heard_nothing_yet()
    {
        await using var rig = await LiveRig.StartAsync();
        using (var first = await rig.ListenAsync())
        {
            rig.Desk.Take(LiveDesk.Buy("a"));
            await first.ExpectAsync("order_update 1001");
        }

        await Deadlines.Until(() => rig.Hub.Feeds == 0, "the subscription is not closed with its last client");
        rig.Desk.Take(LiveDesk.Buy("b"));
        using var back = await rig.ConnectAsync();
        await back.SubscribeAsync("orders", more: ""","from":{"orders":1001}""");
        await back.ExpectAsync("order_update 1002");
        using var other = await rig.ListenAsync();
    }

    [Fact]
    public async Task Many_clients_share_one_subscription_and_the_last_one_closes_it()
    {
        await using var rig = await LiveRig.StartAsync();
        var peers = new List<LivePeer>();
        for (var i = 0; i < 5; i++)
        {
            peers.Add(await rig.ListenAsync());
        }

        rig.Wire.Listener.ConnectionCount.Should().Be(1);
        rig.Desk.Take(LiveDesk.Buy("a"));
        foreach (var peer in peers)
        {
            await peer.ExpectAsync("order_update 1001");
            peer.Dispose();
        }

        await Deadlines.Until(() => rig.Wire.Listener.ConnectionCount == 0, "the subscription is not closed");
        rig.Hub.Count.Should().Be(0);
    }

    [Fact]
    public async Task An_engine_that_goes_away_and_comes_back_costs_no_change()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ListenAsync();
        await rig.BreakAsync();
        JsonStatus(await peer.NextAsync()).Should().Be("disconnected");
        rig.Desk.Take(LiveDesk.Buy("a"));
        rig.Desk.Take(LiveDesk.Buy("b"));
        await rig.RestoreAsync();
        await peer.ExpectAsync("order_update 1001", "order_update 1002");
    }

    [Fact]
    public async Task An_engine_that_begins_anew_is_a_gap_and_a_snapshot()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ListenAsync();
        rig.Desk.Take(LiveDesk.Buy("a"));
        await peer.ExpectAsync("order_update 1001");
        rig.Desk.Feed.Begin(9_000);
        rig.Desk.Board.Publish(rig.Desk.Trading.State);
        await peer.ExpectAsync("gap 9000");
        var (what, data) = await peer.EventAsync();
        what.Should().Be("snapshot 9000");
        data.GetProperty("orders").GetArrayLength().Should().Be(1);
        rig.Desk.Take(LiveDesk.Buy("b"));
        await peer.ExpectAsync("order_update 9001");
    }

    [Fact]
    public async Task Unsubscribed_channels_are_silent_and_the_status_says_what_is_left()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ListenAsync();
        await peer.SubscribeAsync("trades");
        await peer.ExpectAsync("snapshot 1000");
        await peer.SendAsync("""{"action":"unsubscribe","accountId":"one","channels":["orders"]}""");
        await peer.SendAsync("""{"action":"get_status"}""");
        var status = await peer.NextAsync();
        var subscription = status.GetProperty("data").GetProperty("subscriptions").EnumerateArray().Single();
        subscription.GetProperty("channels").EnumerateObject().Select(channel => channel.Name).Should().Equal("trades");
        subscription.GetProperty("engine").GetString().Should().Be("connected");

        rig.Desk.Take(LiveDesk.Buy("a"));
        await peer.SendAsync("""{"action":"ping"}""");
        await peer.ExpectAsync("pong");
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

    [Fact]
    public async Task Clients_are_bounded_for_a_user_and_in_all_and_a_place_is_free_again_when_one_leaves()
    {
        await using var rig = await LiveRig.StartAsync(live: new LiveOptions { Clients = 3, ClientsPerUser = 2 });
        using var first = await rig.ConnectAsync();
        var second = await rig.ListenAsync();
        using (var third = await rig.ConnectAsync())
        {
            await third.ExpectAsync("error");
            (await third.CloseCodeAsync()).Should().Be(1013);
        }

        await Deadlines.Until(() => rig.Hub.Count == 2, "the place is not free");
        using (var viewer = await rig.ListenAsync(user: "viewer"))
        {
            (await LivePeer.RefusedAsync(rig.Gateway, rig.Gateway.TokenOf("stranger"))).Should().Be(503);
        }

        second.Dispose();
        await Deadlines.Until(() => rig.Hub.Count == 1, "the place is not free");
        using var again = await rig.ListenAsync();
    }

    private static async Task<string> MetricsAsync(LiveRig rig)
    {
        using var answer = await rig.Gateway.Http.GetAsync(new Uri("/metrics", UriKind.Relative));
        return await answer.Content.ReadAsStringAsync();
    }

    private static string JsonStatus(System.Text.Json.JsonElement message) => message.GetProperty("data").GetProperty("engine").GetString()!;
}
