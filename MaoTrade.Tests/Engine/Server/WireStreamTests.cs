using System.Text.Json;
using MaoTrade.Engine.Server.Services;
using MaoTrade.Tests.Engine.Live;
using MaoTrade.Tests.Protocol.Framing;
using Serilog.Events;
using Serilog.Parsing;

namespace MaoTrade.Tests.Engine.Server;

/// <summary>Subscriptions as bytes on the engine's port.</summary>
public sealed class WireStreamTests
{
    private const string Subscribe = "{\"service\":5,\"data\":{\"op\":\"subscribe\",\"channels\":[\"orders\"]},\"id\":\"s\"}<04>";

    private const string Lines = "{\"service\":5,\"data\":{\"op\":\"subscribe\",\"channels\":[\"logs\"]},\"id\":\"s\"}<04>";

    [Fact]
    public async Task A_subscriber_gets_a_snapshot_and_then_changes_under_the_id_of_its_request()
    {
        await using var desk = new LiveDesk();
        await using var host = await StartAsync(desk);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync(Subscribe);
            (await peer.ReplyAsync()).Should().StartWith("{\"code\":0,\"message\":\"\",\"data\":{\"channel\":\"orders\",\"seq\":1000,\"type\":\"snapshot\",\"at\":\"")
                .And.EndWith("\"data\":{\"orders\":[]}},\"id\":\"s\",\"more\":true}");

            desk.Take(LiveDesk.Buy("a"));

            (await peer.ReplyAsync()).Should().Contain("\"seq\":1001,\"type\":\"change\"").And.Contain("\"clientOrderId\":\"a\"").And.EndWith("\"id\":\"s\",\"more\":true}");
        }
    }

    [Fact]
    public async Task The_request_may_arrive_in_any_two_pieces()
    {
        await using var desk = new LiveDesk();
        await using var host = await StartAsync(desk);
        var bytes = WireBytes.Of(Subscribe);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            for (var cut = 1; cut < bytes.Length; cut++)
            {
                await peer.SendAsync(bytes[..cut]);
                await peer.SendAsync(bytes[cut..]);
                (await peer.ReplyAsync()).Should().Contain("\"type\":\"snapshot\"").And.EndWith("\"more\":true}", "cut at {0}", cut);
                await peer.SendAsync("{\"service\":5,\"data\":{\"op\":\"unsubscribe\",\"of\":\"s\"},\"id\":\"u\"}<04>");
                (await peer.ReplyAsync()).Should().Be("{\"code\":0,\"message\":\"\",\"data\":{},\"id\":\"u\"}");
                (await peer.ReplyAsync()).Should().Be("{\"code\":0,\"message\":\"\",\"data\":{},\"id\":\"s\",\"more\":false}");
            }
        }
    }

    [Fact]
    public async Task Other_requests_of_the_connection_are_answered_between_changes_and_subscriptions_keep_apart()
    {
        await using var desk = new LiveDesk();
        await using var host = await StartAsync(desk);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync(Subscribe);
            await peer.ReplyAsync();
            await peer.SendAsync("{\"service\":5,\"data\":{\"op\":\"subscribe\",\"channels\":[\"signals\",\"orders\"]},\"id\":\"t\"}<04>");
            (await peer.ReplyAsync()).Should().Contain("\"channel\":\"signals\"").And.EndWith("\"id\":\"t\",\"more\":true}");
            (await peer.ReplyAsync()).Should().Contain("\"channel\":\"orders\"").And.EndWith("\"id\":\"t\",\"more\":true}");

            desk.Take(LiveDesk.Buy("a"));
            var ids = new[] { await peer.ReplyAsync(), await peer.ReplyAsync() };
            ids.Should().Contain(reply => reply.EndsWith("\"id\":\"s\",\"more\":true}")).And.Contain(reply => reply.EndsWith("\"id\":\"t\",\"more\":true}"));

            await peer.SendAsync("{\"service\":5,\"id\":\"q\"}<04>");
            (await peer.ReplyAsync()).Should().Contain("\"instanceId\":\"i1\"").And.EndWith("\"id\":\"q\"}");
        }
    }

    [Theory]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"subscribe\",\"channels\":[]},\"id\":\"x\"}", 400, "channels")]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"subscribe\"},\"id\":\"x\"}", 400, "channels")]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"subscribe\",\"channels\":[\"prices\"]},\"id\":\"x\"}", 400, "channels")]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"subscribe\",\"channels\":[\"orders\",\"orders\"]},\"id\":\"x\"}", 400, "channels")]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"subscribe\",\"channels\":[\"orders\"],\"from\":{\"trades\":1}},\"id\":\"x\"}", 400, "from.trades")]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"subscribe\",\"channels\":[\"orders\"],\"from\":{\"orders\":-1}},\"id\":\"x\"}", 400, "from.orders")]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"subscribe\",\"channels\":\"orders\"},\"id\":\"x\"}", 400, "channels")]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"listen\"},\"id\":\"x\"}", 404, "op")]
    [InlineData("{\"service\":5,\"data\":{\"more\":1},\"id\":\"x\"}", 400, "")]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"unsubscribe\"},\"id\":\"x\"}", 400, "of")]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"unsubscribe\",\"of\":\"none\"},\"id\":\"x\"}", 404, "of")]
    [InlineData("{\"service\":5,\"data\":{\"op\":\"subscribe\",\"channels\":[\"orders\"]}}", 400, "id")]
    public async Task What_cannot_be_subscribed_to_is_refused_with_the_field(string request, int code, string field)
    {
        await using var desk = new LiveDesk();
        await using var host = await StartAsync(desk);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync(request + "<04>");
            (await peer.ReplyAsync()).Should().StartWith($"{{\"code\":{code},\"message\":\"{field}").And.NotContain("\"more\"");
        }
    }

    [Fact]
    public async Task An_id_of_a_subscription_is_in_flight_until_it_ends()
    {
        await using var desk = new LiveDesk();
        await using var host = await StartAsync(desk);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync(Subscribe);
            await peer.ReplyAsync();
            await peer.SendAsync(Subscribe);
            (await peer.ReplyAsync()).Should().StartWith("{\"code\":409,");
        }
    }

    [Fact]
    public async Task A_connection_has_at_most_sixteen_subscriptions()
    {
        await using var desk = new LiveDesk();
        await using var host = await StartAsync(desk);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            for (var i = 0; i < 16; i++)
            {
                await peer.SendAsync(Subscribe.Replace("\"s\"", $"\"s{i}\"", StringComparison.Ordinal));
                await peer.ReplyAsync();
            }

            await peer.SendAsync(Subscribe);
            (await peer.ReplyAsync()).Should().StartWith("{\"code\":429,").And.EndWith("\"id\":\"s\"}");
        }
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_ended_with_429_and_another_gets_everything()
    {
        await using var desk = new LiveDesk();
        await using var host = await StartAsync(desk);
        using var slow = await RawPeer.ConnectAsync(host.Port, receiveBytes: 128 * 1024);
        await slow.SendAsync(Lines);
        await slow.ReplyAsync();
        var (quick, _) = await host.ConnectAsync();
        using (quick)
        {
            await quick.SendAsync(Lines);
            await quick.ReplyAsync();
            var line = new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Information, null, new MessageTemplateParser().Parse(new string('x', 20_000)), []);
            for (var i = 1; i <= 1_500; i++)
            {
                desk.Feed.Offer(line);
                using var reply = JsonDocument.Parse(await quick.ReplyAsync());
                reply.RootElement.GetProperty("data").GetProperty("seq").GetInt64().Should().Be(1000 + i);
            }
        }

        var last = "";
        for (var seq = 1001; last.Length == 0; seq++)
        {
            using var reply = JsonDocument.Parse(await slow.ReplyAsync());
            if (!reply.RootElement.GetProperty("more").GetBoolean())
            {
                last = reply.RootElement.GetRawText();
                break;
            }

            reply.RootElement.GetProperty("data").GetProperty("seq").GetInt64().Should().Be(seq, "nothing is left out before the end");
        }

        last.Should().StartWith("{\"code\":429,").And.EndWith("\"id\":\"s\",\"more\":false}");
    }

    [Fact]
    public async Task A_subscription_keeps_its_connection_while_the_peer_asks_and_a_silent_one_is_closed()
    {
        await using var desk = new LiveDesk();
        await using var host = await StartAsync(desk);
        var (peer, watch) = await host.ConnectAsync();
        using (peer)
        {
            var sent = await peer.SendAsync(Subscribe);
            await peer.ReplyAsync();
            await watch.HasReadAsync(sent);
            host.Clock.Advance(TimeSpan.FromSeconds(50));
            sent += await peer.SendAsync("{\"service\":5,\"id\":\"q\"}<04>");
            await peer.ReplyAsync();
            await watch.HasReadAsync(sent);
            host.Clock.Advance(TimeSpan.FromSeconds(50));
            sent += await peer.SendAsync("{\"service\":5,\"id\":\"q\"}<04>");
            (await peer.ReplyAsync()).Should().EndWith("\"id\":\"q\"}", "it asks within the minute");
            await watch.HasReadAsync(sent);

            host.Clock.Advance(TimeSpan.FromSeconds(61));

            (await peer.ReplyAsync()).Should().StartWith("{\"code\":503,").And.EndWith("\"id\":\"s\",\"more\":false}");
            await peer.ClosedAsync();
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_takes_its_subscriptions_with_it()
    {
        await using var desk = new LiveDesk();
        await using var host = await StartAsync(desk);
        for (var i = 0; i < MaoTrade.Engine.Live.LiveFeed.MostSubscriptions + 5; i++)
        {
            var (peer, watch) = await host.ConnectAsync();
            using (peer)
            {
                await peer.SendAsync(Subscribe);
                (await peer.ReplyAsync()).Should().Contain("\"type\":\"snapshot\"", "place {0} is free", i);
            }

            await watch.Ended.WaitAsync(WireHost.Patience);
        }
    }

    [Fact]
    public async Task An_engine_that_stops_ends_subscriptions_with_503()
    {
        await using var desk = new LiveDesk();
        await using var host = await StartAsync(desk);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync(Subscribe);
            await peer.ReplyAsync();
            var stopping = host.StopAsync();
            (await peer.ReplyAsync()).Should().StartWith("{\"code\":503,").And.EndWith("\"id\":\"s\",\"more\":false}");
            peer.FinishSending();
            await stopping.WaitAsync(WireHost.Patience);
        }
    }

    private static Task<WireHost> StartAsync(LiveDesk desk) =>
        WireHost.StartAsync(null, new AccountService("demo", "i1", desk.Board, () => 1, desk.Feed));
}
