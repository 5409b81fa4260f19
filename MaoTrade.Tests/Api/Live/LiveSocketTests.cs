using System.Net.WebSockets;
using System.Text;
using MaoApi.Live;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Engine.Live;
using MaoTrade.Tests.Support;
using Serilog.Events;
using Serilog.Parsing;

namespace MaoTrade.Tests.Api.Live;

/// <summary>A live connection as a client of the gateway sees it: its messages, their order, and how it ends.</summary>
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
}
