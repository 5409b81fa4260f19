using MaoTrade.Engine.Server;

namespace MaoTrade.Tests.Engine.Server;

public sealed class WireDeadlineTests
{
    private const string Whole = "{\"service\":5,\"id\":\"a\"}<04>";

    [Fact]
    public async Task A_silent_newcomer_is_ended_after_five_seconds()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (peer, _) = await host.ConnectAsync();
        using (peer)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(4.7));
            host.Listener.ConnectionCount.Should().Be(1);
            await AliveAsync(peer);
        }

        var (silent, _) = await host.ConnectAsync();
        using (silent)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(5.3));
            await silent.ClosedAsync();
        }
    }

    [Fact]
    public async Task An_unfinished_request_is_ended_after_ten_seconds_however_it_trickles()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (peer, watch) = await host.ConnectAsync();
        using (peer)
        {
            var sent = await peer.SendAsync(Whole + "{");
            await watch.HasReadAsync(sent);
            await peer.ReplyAsync();
            for (var second = 0; second < 9; second++)
            {
                host.Clock.Advance(TimeSpan.FromSeconds(1));
                sent += await peer.SendAsync(" ");
                await watch.HasReadAsync(sent);
            }

            host.Listener.ConnectionCount.Should().Be(1, "nine seconds are allowed");
            host.Clock.Advance(TimeSpan.FromSeconds(1.5));
            await peer.ClosedAsync();
        }
    }

    [Fact]
    public async Task An_idle_connection_is_closed_after_sixty_seconds()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (peer, watch) = await host.ConnectAsync();
        using (peer)
        {
            await watch.HasReadAsync(await peer.SendAsync(Whole));
            await peer.ReplyAsync();
            host.Clock.Advance(TimeSpan.FromSeconds(59));
            host.Listener.ConnectionCount.Should().Be(1);
            host.Clock.Advance(TimeSpan.FromSeconds(1.5));
            (await peer.ToEndAsync()).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Waiting_for_a_late_reply_is_not_idling()
    {
        var late = new LateService();
        await using var host = await WireHost.StartAsync(null, late);
        var (peer, watch) = await host.ConnectAsync();
        using (peer)
        {
            await watch.HasReadAsync(await peer.SendAsync("{\"service\":2,\"id\":\"a\"}<04>"));
            var call = await late.CallAsync();
            host.Clock.Advance(TimeSpan.FromSeconds(90));
            call.Reply.SetResult(ServiceReply.Ok(default));
            (await peer.ReplyAsync()).Should().EndWith("\"id\":\"a\"}");
        }
    }

    [Fact]
    public async Task A_peer_that_never_reads_is_ended_and_others_do_not_notice()
    {
        var size = 64 * 1024 * 1024;
        var service = new FunctionService(1, _ => new ServiceReply(
            0, "", default, new ReplyPayload(new EndlessStream(), size, "log.zip", "application/zip", "")));
        await using var host = await WireHost.StartAsync(null, service, new EchoService());
        using var deaf = await RawPeer.ConnectAsync(host.Port, receiveBytes: 4096);
        var watch = await host.AcceptedAsync();
        var (other, _) = await host.ConnectAsync();
        using (other)
        {
            await AliveAsync(other);
            var since = host.Clock.GetTimestamp();
            await deaf.SendAsync("{\"service\":1,\"id\":\"a\"}<04>");
            while (!watch.Ended.IsCompleted)
            {
                host.Clock.Advance(TimeSpan.FromSeconds(0.5));
                host.Clock.GetElapsedTime(since).Should().BeLessThan(TimeSpan.FromHours(10), "the deaf peer must be ended");
                await AliveAsync(other);
            }

            host.Clock.GetElapsedTime(since).Should().BeGreaterThan(TimeSpan.FromSeconds(14));
        }

        await BrokenAsync(deaf);
    }

    [Fact]
    public async Task A_lingering_peer_is_ended_after_two_seconds()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (peer, watch) = await host.ConnectAsync();
        using (peer)
        {
            var sent = await peer.SendAsync("{\"service\":5}<04>");
            (await peer.ToEndAsync()).Should().NotBeEmpty();
            await watch.HasReadAsync(sent);
            host.Listener.ConnectionCount.Should().Be(0, "who lingers takes no place");
            host.Clock.Advance(TimeSpan.FromSeconds(2.5));
            await watch.Ended.WaitAsync(WireHost.Patience);
        }
    }

    [Fact]
    public async Task The_newcomer_over_the_limit_gets_503_while_all_are_younger_than_a_second()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var peers = new List<RawPeer>();
        for (var i = 0; i < 10; i++)
        {
            peers.Add((await host.ConnectAsync()).Peer);
        }

        var (refused, _) = await host.ConnectAsync();
        peers.Add(refused);
        (await refused.ReplyAsync()).Should().StartWith("{\"code\":503,");
        (await refused.ToEndAsync()).Should().BeEmpty();
        host.Listener.ConnectionCount.Should().Be(10);
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task The_newcomer_takes_the_place_of_the_oldest_that_asked_nothing()
    {
        await using var host = await WireHost.StartAsync(options => options.MaxConnections = 3, new EchoService());
        var (busy, _) = await host.ConnectAsync();
        await AliveAsync(busy);
        var (oldest, _) = await host.ConnectAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(0.5));
        var (younger, _) = await host.ConnectAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(0.5));

        var (newcomer, _) = await host.ConnectAsync();
        await AliveAsync(newcomer);
        await oldest.ClosedAsync();
        await AliveAsync(younger);
        await AliveAsync(busy);

        var (refused, _) = await host.ConnectAsync();
        (await refused.ReplyAsync()).Should().StartWith("{\"code\":503,", "all have completed a request");
        foreach (var peer in (RawPeer[])[busy, oldest, younger, newcomer, refused])
        {
            peer.Dispose();
        }
    }

    [Fact]
    public async Task A_flood_of_connections_does_not_keep_a_command_out()
    {
        await using var host = await WireHost.StartAsync(null, new EchoService());
        var (worker, _) = await host.ConnectAsync();
        using (worker)
        {
            await AliveAsync(worker);
            for (var i = 0; i < 200; i++)
            {
                using var squatter = (await host.ConnectAsync()).Peer;
            }

            await AliveAsync(worker);
        }
    }

    [Fact]
    public void Every_option_out_of_range_is_named()
    {
        var errors = new WireOptions { MaxConnections = 0, IdleTimeout = TimeSpan.Zero, MaxJsonBytes = 1 }.Validate();
        errors.Should().HaveCount(3);
        string.Join(' ', errors).Should().Contain("MaxConnections").And.Contain("IdleTimeout").And.Contain("MaxJsonBytes");
    }

    private static async Task AliveAsync(RawPeer peer)
    {
        await peer.SendAsync(Whole);
        (await peer.ReplyAsync()).Should().EndWith("\"id\":\"a\"}");
    }

    /// <summary>Reads what the system had buffered until the connection is seen to be gone, well before the payload's end.</summary>
    private static async Task BrokenAsync(RawPeer peer)
    {
        var received = 0L;
        var buffer = new byte[1024 * 1024];
        try
        {
            int length;
            while ((length = await peer.Socket.ReceiveAsync(buffer).WaitAsync(WireHost.Patience)) > 0)
            {
                received += length;
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // A reset shows it as well.
        }

        received.Should().BeLessThan(64 * 1024 * 1024);
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
