using System.Diagnostics.CodeAnalysis;
using System.Text;
using MaoTrade.Protocol.Client;
using MaoTrade.Tests.Engine.Server;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Protocol.Client;

/// <summary>A proxy, on a clock of the test, before an engine that says what the test wants.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework calls DisposeAsync.")]
public abstract class MTProxyRig : IAsyncLifetime
{
    private protected static readonly ProxyRequest Read = new(5, default) { Idempotent = true };

    private protected FakeClock Clock { get; } = new();

    private protected ScriptedEngine Engine { get; } = new();

    private protected MTProxy Proxy { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Proxy = New(Engine.Port);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await Proxy.DisposeAsync();
        Engine.Dispose();
    }

    private protected static Task<ProxyReply> Within(Task<ProxyReply> call) => call.WaitAsync(WireHost.Patience);

    private protected static string Data(ProxyReply reply)
    {
        reply.Result.Should().Be(ProxyResult.NoError, reply.Detail);
        return Encoding.UTF8.GetString(reply.Data.Span);
    }

    private protected MTProxy New(int port, Action<MTProxyOptions>? configure = null)
    {
        var options = new MTProxyOptions();
        configure?.Invoke(options);
        return new MTProxy("127.0.0.1", port, options, Clock, NullLogger<MTProxy>.Instance);
    }

    private protected Task<ProxyReply> SendAsync(ProxyRequest request) => Proxy.SendAsync(request, default).AsTask();

    /// <summary>A connection on which an id was echoed.</summary>
    private protected async Task<ScriptedConnection> OpenAsync()
    {
        var probe = SendAsync(Read);
        var connection = await Engine.AcceptAsync();
        await connection.AnswerAsync(await connection.IdAsync());
        await Within(probe);
        return connection;
    }
}
