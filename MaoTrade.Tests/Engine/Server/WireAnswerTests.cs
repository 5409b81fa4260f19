using System.Security.Cryptography;
using System.Text;
using MaoTrade.Engine.Server;
using MaoTrade.Tests.Protocol.Framing;

namespace MaoTrade.Tests.Engine.Server;

public sealed class WireAnswerTests
{
    [Fact]
    public async Task A_request_without_id_is_answered_and_then_the_stream_ends()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":5,\"data\":{\"a\":1}}<04>");
            (await peer.ToEndAsync()).Should().Equal(WireBytes.Of("{\"code\":0,\"message\":\"\",\"data\":{\"a\":1}}<04>"));
        }
    }

    [Fact]
    public async Task Complete_classic_requests_in_the_buffer_are_answered_in_order_and_an_incomplete_one_is_dropped()
    {
        var late = new LateService();
        await using var host = await WireHost.StartAsync(null, new EchoService(), late);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":2}<04>{\"service\":5,\"data\":{\"a\":2}}<04>{\"serv");
            (await late.CallAsync()).Reply.SetResult(ServiceReply.Failure(429, "busy"));
            (await peer.ToEndAsync()).Should().Equal(WireBytes.Of(
                "{\"code\":429,\"message\":\"busy\",\"data\":{}}<04>{\"code\":0,\"message\":\"\",\"data\":{\"a\":2}}<04>"));
        }
    }

    [Theory]
    [InlineData("<04>", 400)]
    [InlineData("hello<04>", 400)]
    [InlineData("[1]<04>", 400)]
    [InlineData("<EF><BB><BF>{\"service\":5}<04>", 400)]
    [InlineData("{\"service\":5,\"x\":\"<C3>\"}<04>", 400)]
    [InlineData("{\"service\":5,\"x\":\"\\ud800\"}<04>", 400)]
    [InlineData("{\"service\":5,\"service\":5,\"id\":\"a\"}<04>", 400)]
    [InlineData("{\"service\":5,\"x\":<00>", 400)]
    [InlineData("{\"service\":5,\"x\":<FF>", 400)]
    public async Task Bytes_that_break_the_grammar_get_one_reply_without_id_and_the_end(string bytes, int code)
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync(bytes + "{\"service\":5,\"id\":\"never\"}<04>");
            var reply = await peer.ReplyAsync();
            reply.Should().StartWith($"{{\"code\":{code},").And.NotContain("\"id\"");
            (await peer.ToEndAsync()).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData(32, 0)]
    [InlineData(33, 400)]
    public async Task Depth_32_passes_and_33_does_not(int depth, int code)
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":5,\"id\":\"a\",\"x\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}<04>");
            (await peer.ReplyAsync()).Should().StartWith($"{{\"code\":{code},");
        }
    }

    [Fact]
    public async Task A_request_over_the_limit_gets_413_and_the_reply_survives_what_still_comes()
    {
        await using var host = await WireHost.StartAsync(options => options.MaxJsonBytes = 4096, new EchoService());
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync(Encoding.ASCII.GetBytes(new string('1', 1_000_000)));
            (await peer.ReplyAsync()).Should().StartWith("{\"code\":413,");
            (await peer.ToEndAsync()).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("{\"service\":\"5\",\"id\":\"a\"}<04>", "{\"code\":400,\"message\":\"service must be a whole number\",\"data\":{},\"id\":\"a\"}")]
    [InlineData("{\"id\":\"a\",\"data\":{}}<04>", "{\"code\":400,\"message\":\"service must be a whole number\",\"data\":{},\"id\":\"a\"}")]
    [InlineData("{\"service\":5,\"data\":[],\"id\":\"a\"}<04>", "{\"code\":400,\"message\":\"data must be an object\",\"data\":{},\"id\":\"a\"}")]
    [InlineData("{\"service\":5,\"id\":5}<04>", "{\"code\":400,\"message\":\"id must be a string of 1 to 64 characters\",\"data\":{}}")]
    [InlineData("{\"service\":9,\"id\":\"a\"}<04>", "{\"code\":404,\"message\":\"there is no service 9\",\"data\":{},\"id\":\"a\"}")]
    [InlineData("{\"service\":5,\"id\":\"a\",\"ttlMs\":1}<04>", "{\"code\":400,\"message\":\"ttlMs must be a whole number from 100 to 60000\",\"data\":{},\"id\":\"a\"}")]
    public async Task An_unusable_member_is_named_and_the_connection_stays(string request, string expected)
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync(request);
            (await peer.ReplyAsync()).Should().Be(expected);
            await peer.SendAsync("{\"service\":5,\"id\":\"next\"}<04>");
            (await peer.ReplyAsync()).Should().Be("{\"code\":0,\"message\":\"\",\"data\":{},\"id\":\"next\"}");
        }
    }

    [Fact]
    public async Task Thirty_two_requests_in_one_packet_get_thirty_two_replies()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync(string.Concat(Enumerable.Range(0, 32).Select(i => $"{{\"service\":5,\"id\":\"{i}\",\"data\":{{\"n\":{i}}}}}<04>")));
            for (var i = 0; i < 32; i++)
            {
                (await peer.ReplyAsync()).Should().Be($"{{\"code\":0,\"message\":\"\",\"data\":{{\"n\":{i}}},\"id\":\"{i}\"}}");
            }
        }
    }

    [Fact]
    public async Task Single_bytes_make_the_same_request()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            foreach (var single in WireBytes.Of("{\"service\":5,\"id\":\"a\",\"data\":{\"x\":\"é\"}}<04>"))
            {
                await peer.SendAsync([single]);
            }

            (await peer.ReplyAsync()).Should().Be("{\"code\":0,\"message\":\"\",\"data\":{\"x\":\"é\"},\"id\":\"a\"}");
        }
    }

    [Fact]
    public async Task Replies_come_when_they_are_known_and_an_id_in_flight_is_refused()
    {
        var late = new LateService();
        await using var host = await WireHost.StartAsync(null, new EchoService(), late);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":2,\"id\":\"a\"}<04>{\"service\":2,\"id\":\"b\"}<04>{\"service\":2,\"id\":\"\\u0061\"}<04>{\"service\":5,\"id\":\"c\"}<04>");
            (await peer.ReplyAsync()).Should().StartWith("{\"code\":409,").And.EndWith("\"id\":\"\\u0061\"}");
            (await peer.ReplyAsync()).Should().EndWith("\"id\":\"c\"}");
            var first = await late.CallAsync();
            var second = await late.CallAsync();
            second.Reply.SetResult(ServiceReply.Ok("{\"n\":2}"u8.ToArray()));
            (await peer.ReplyAsync()).Should().Be("{\"code\":0,\"message\":\"\",\"data\":{\"n\":2},\"id\":\"b\"}");
            first.Reply.SetResult(ServiceReply.Ok("{\"n\":1}"u8.ToArray()));
            (await peer.ReplyAsync()).Should().Be("{\"code\":0,\"message\":\"\",\"data\":{\"n\":1},\"id\":\"a\"}");
            await peer.SendAsync("{\"service\":5,\"id\":\"a\"}<04>");
            (await peer.ReplyAsync()).Should().Contain("\"code\":0").And.EndWith("\"id\":\"a\"}");
        }
    }

    [Fact]
    public async Task At_the_limit_of_requests_in_flight_the_engine_stops_reading_until_one_is_answered()
    {
        var late = new LateService();
        await using var host = await WireHost.StartAsync(options => options.MaxInFlight = 3, new EchoService(), late);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":5,\"id\":\"0\"}<04>{\"service\":2,\"id\":\"1\"}<04>{\"service\":2,\"id\":\"2\"}<04>{\"service\":2,\"id\":\"3\"}<04>{\"service\":2,\"id\":\"4\"}<04>");
            (await peer.ReplyAsync()).Should().EndWith("\"id\":\"0\"}");
            var first = await late.CallAsync();
            await late.CallAsync();
            await late.CallAsync();
            late.HasCall.Should().BeFalse("three wait already");
            first.Reply.SetResult(ServiceReply.Ok(default));
            (await peer.ReplyAsync()).Should().EndWith("\"id\":\"1\"}");
            await late.CallAsync();
        }
    }

    [Fact]
    public async Task A_peer_that_ends_its_side_still_gets_its_replies()
    {
        var late = new LateService();
        await using var host = await WireHost.StartAsync(null, late);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":2,\"id\":\"a\"}<04>");
            peer.FinishSending();
            (await late.CallAsync()).Reply.SetResult(ServiceReply.Ok(default));
            (await peer.ToEndAsync()).Should().Equal(WireBytes.Of("{\"code\":0,\"message\":\"\",\"data\":{},\"id\":\"a\"}<04>"));
        }
    }

    [Fact]
    public async Task A_service_that_throws_answers_500_and_is_logged_once()
    {
        await using var host = await WireHost.StartAsync(
            null, new FunctionService(5, _ => throw new InvalidOperationException("broken")), new LateService());
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":5,\"id\":\"a\",\"rid\":\"r-77\"}<04>");
            (await peer.ReplyAsync()).Should().StartWith("{\"code\":500,").And.NotContain("broken");
            host.Log.Lines.Where(line => line.Contains(" 2101 ", StringComparison.Ordinal)).Should().ContainSingle()
                .Which.Should().Contain("[rid:r-77]");
        }
    }

    [Fact]
    public async Task Time_to_live_counts_from_receipt()
    {
        var echo = new EchoService();
        await using var host = await WireHost.StartAsync(null, echo);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":5,\"id\":\"a\",\"ttlMs\":2500}<04>");
            await peer.ReplyAsync();
            echo.Last.ExpiresTimestamp.Should().Be(host.Clock.GetTimestamp() + TimeSpan.FromSeconds(2.5).Ticks);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task A_payload_follows_its_json_with_marker_and_size(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        var service = new FunctionService(1, _ => new ServiceReply(
            0, "", default, new ReplyPayload(new MemoryStream(bytes), size, "log.zip", "application/zip", "ab12")));
        await using var host = await WireHost.StartAsync(null, service);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":1}<04>");
            var head = WireBytes.Of(
                "{\"code\":0,\"message\":\"\",\"data\":{\"binary_transfer\":true,\"fileName\":\"log.zip\",\"contentType\":\"application/zip\",\"size\":"
                + size + ",\"sha256\":\"ab12\"}}<MARK>");
            (await peer.ToEndAsync()).Should().Equal([.. head, .. BitConverter.GetBytes(size).Reverse(), .. bytes]);
        }
    }

    [Fact]
    public async Task A_payload_that_is_shorter_than_promised_breaks_the_connection()
    {
        var service = new FunctionService(1, _ => new ServiceReply(
            0, "", default, new ReplyPayload(new MemoryStream(new byte[10]), 11, "log.zip", "application/zip", "")));
        await using var host = await WireHost.StartAsync(null, service);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":1,\"id\":\"a\"}<04>");
            byte[] received = [];
            try
            {
                received = await peer.ToEndAsync();
            }
            catch (System.Net.Sockets.SocketException)
            {
                // A reset shows it as well.
            }

            Transcript.OfReplies([received]).Should().NotMatch("*+11:" + new string('0', 22));
        }
    }

    [Fact]
    public async Task Json_over_the_limit_goes_as_payload_to_peers_with_ids_and_is_refused_to_others()
    {
        var data = Encoding.ASCII.GetBytes("{\"x\":\"" + new string('y', 5000) + "\"}");
        await using var host = await WireHost.StartAsync(
            options => options.MaxJsonBytes = 4096, new FunctionService(3, _ => ServiceReply.Ok(data)));
        var (modern, _) = await host.ConnectAsync();
        using (modern)
        {
            await modern.SendAsync("{\"service\":3,\"id\":\"a\"}<04>");
            modern.FinishSending();
            var reply = Transcript.OfReplies([await modern.ToEndAsync()]);
            reply.Should().Contain("\"contentType\":\"application/json\"").And.Contain($"+{data.Length}:{Convert.ToHexString(data)}");
        }

        var (classic, _) = await host.ConnectAsync();
        using (classic)
        {
            await classic.SendAsync("{\"service\":3}<04>");
            (await classic.ReplyAsync()).Should().StartWith("{\"code\":413,").And.Contain("cursor").And.Contain("limit");
        }
    }

    [Fact]
    public async Task A_host_that_stops_answers_what_has_arrived_and_ends_the_stream()
    {
        var late = new LateService();
        await using var host = await WireHost.StartAsync(null, late);
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            await peer.SendAsync("{\"service\":2,\"id\":\"a\"}<04>");
            var call = await late.CallAsync();
            var stopping = host.StopAsync();
            call.Reply.SetResult(ServiceReply.Ok(default));
            (await peer.ReplyAsync()).Should().EndWith("\"id\":\"a\"}");
            (await peer.ToEndAsync()).Should().BeEmpty();
            peer.Dispose();
            await stopping.WaitAsync(WireHost.Patience);
        }
    }
}
