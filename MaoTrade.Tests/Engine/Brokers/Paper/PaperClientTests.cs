using System.Net;
using System.Net.Sockets;
using System.Text;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Brokers.Paper.Client;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

public sealed class PaperClientTests
{
    private static readonly PaperClientOptions Quick = new() { FirstRetryDelay = TimeSpan.FromMilliseconds(1), MaxTries = 3 };

    [Fact]
    public async Task Without_a_connection_nothing_is_sent_and_every_call_answers()
    {
        await using var manager = new PaperAccountManager("127.0.0.1", 1, "demo");

        (await manager.SubmitAsync(Ticket(), default)).Kind.Should().Be(OrderAnswerKind.NotSent);
        (await manager.CancelAsync("R", default)).Kind.Should().Be(OrderAnswerKind.NotSent);
        (await manager.LookUpAsync("R", default)).Kind.Should().Be(LookUpKind.NoAnswer);
        (await manager.OpenOrdersAsync(default)).Should().BeNull();
        (await manager.PortfolioAsync(default)).Should().BeNull();
        (await manager.FillsAsync(null, default)).Should().BeNull();
        (await manager.SubscribeAsync("TEST", 60, default)).Should().Be(MarketDataResult.NotConnected);
        (await manager.HistoryAsync("TEST", 60, 1, default)).Result.Should().Be(MarketDataResult.NotConnected);
        (await manager.TimeAsync(default)).Should().BeNull();
    }

    [Fact]
    public async Task After_the_last_try_the_broker_is_given_up_for_good()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var manager = new PaperAccountManager("127.0.0.1", port, "demo", Quick);

        await manager.RunAsync(default).WaitAsync(PaperPeer.Deadline);

        manager.Events.TryRead(out var said).Should().BeTrue();
        said.Should().BeOfType<BrokerDisconnected>().Which.ForGood.Should().BeTrue();
    }

    [Fact]
    public void Waits_between_tries_double_up_to_the_longest()
    {
        var distant = new PaperClientOptions { FirstRetryDelay = TimeSpan.FromSeconds(30), MaxRetryDelay = TimeSpan.FromSeconds(300) };
        Enumerable.Range(0, 6).Select(n => distant.RetryDelay(n).TotalSeconds).Should().Equal(30, 60, 120, 240, 300, 300);
        new PaperClientOptions().RetryDelay(0).Should().Be(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task A_connection_lost_after_the_request_left_leaves_the_outcome_unknown()
    {
        await using var broker = new ScriptedBroker();
        await using var peer = new PaperPeer(new PaperAccountManager("127.0.0.1", broker.Port, "demo", Quick));
        using var connection = await broker.GreetAsync();
        await peer.NextAsync<BrokerConnected>();
        var submitting = peer.Manager.SubmitAsync(Ticket(), default);
        (await ScriptedBroker.ReadAsync(connection)).Should().StartWith("""{"type":"submit","ticket":{"dealReference":"R",""");
        connection.Close();

        (await submitting.WaitAsync(PaperPeer.Deadline)).Kind.Should().Be(OrderAnswerKind.Unknown);
        (await peer.NextAsync<BrokerDisconnected>()).ForGood.Should().BeFalse();
    }

    [Fact]
    public async Task After_a_reconnect_what_was_subscribed_is_subscribed_again()
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10", "11 11 11 11"));
        var peer = await rig.SubscribedAsync(options: Quick with { MaxTries = 10 });
        var first = await peer.NextAsync<FrameEvent>();
        await rig.RestartAsync();
        await peer.NextAsync<BrokerDisconnected>();
        await peer.NextAsync<BrokerConnected>();

        (await peer.NextAndAckAsync<FrameEvent>()).Should().Be(first);
        (await peer.NextAsync<FrameEvent>()).Frame.UnixSeconds.Should().Be(PaperRig.Frame(1));
    }

    [Theory]
    [InlineData("no json\u0004")]
    [InlineData("{\"type\":\"unheard\"}\u0004")]
    [InlineData("{\"type\":\"event\"}\u0004")]
    public async Task Anything_unexpected_ends_the_connection(string bytes)
    {
        await using var broker = new ScriptedBroker();
        await using var peer = new PaperPeer(new PaperAccountManager("127.0.0.1", broker.Port, "demo", Quick));
        using var connection = await broker.GreetAsync();
        await peer.NextAsync<BrokerConnected>();
        await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(bytes));

        (await peer.NextAsync<BrokerDisconnected>()).ForGood.Should().BeFalse();
    }

    [Theory]
    [InlineData("no json\u0004")]
    [InlineData("{\"type\":\"time\",\"id\":1}\u0004")]
    [InlineData("{\"type\":\"hello\",\"id\":1,\"account\":null}\u0004")]
    [InlineData("{\"type\":\"hello\",\"id\":1}\u0004")]
    [InlineData("{\"type\":\"hello\",\"id\":1,\"account\":\"other\"}\u0004{\"type\":\"submit\",\"id\":2,\"ticket\":{\"epic\":\"TEST\"}}\u0004")]
    public async Task The_broker_ends_a_connection_that_breaks_the_rules_and_serves_the_others(string bytes)
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("10 10 10 10"));
        var peer = await rig.ConnectAsync();
        using var hostile = new TcpClient("127.0.0.1", rig.Server.Port);
        await hostile.GetStream().WriteAsync(Encoding.UTF8.GetBytes(bytes));

        using var deadline = new CancellationTokenSource(PaperPeer.Deadline);
        var read = 1;
        while (read > 0)
        {
            read = await hostile.GetStream().ReadAsync(new byte[1_024], deadline.Token);
        }

        (await peer.Manager.TimeAsync(default)).Should().NotBeNull();
    }

    private static OrderTicket Ticket() => new(
        "R", "TEST", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Market, 1, null, null, null);

    /// <summary>A broker that says what the test says.</summary>
    private sealed class ScriptedBroker : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public ScriptedBroker() => _listener.Start();

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public async Task<TcpClient> GreetAsync()
        {
            var connection = await _listener.AcceptTcpClientAsync().WaitAsync(PaperPeer.Deadline);
            (await ReadAsync(connection)).Should().Be("""{"type":"hello","account":"demo","id":0}""");
            await connection.GetStream().WriteAsync("{\"type\":\"hello\",\"id\":0,\"dedupes\":true,\"lookUpLagSeconds\":0}\u0004"u8.ToArray());
            return connection;
        }

        public static async Task<string> ReadAsync(TcpClient connection)
        {
            var text = new List<byte>();
            var next = new byte[1];
            using var deadline = new CancellationTokenSource(PaperPeer.Deadline);
            while (await connection.GetStream().ReadAsync(next, deadline.Token) > 0 && next[0] != 0x04)
            {
                text.Add(next[0]);
            }

            return Encoding.UTF8.GetString([.. text]);
        }

        public ValueTask DisposeAsync()
        {
            _listener.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
