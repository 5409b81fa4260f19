using System.Net;
using System.Net.Sockets;

namespace MaoTrade.Bench.Servers;

/// <summary>Takes connections, never answers on them: an engine that stands still.</summary>
internal sealed class SilentServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _peers = [];
    private readonly Task _accepting;

    public SilentServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
        ServerCommand.Listening(((IPEndPoint)_listener.LocalEndpoint).Port);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _peers.ForEach(peer => peer.Dispose());
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _peers.Add(await _listener.AcceptSocketAsync());
        }
    }
}
