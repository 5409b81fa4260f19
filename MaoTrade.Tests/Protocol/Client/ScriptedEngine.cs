using System.Net;
using System.Net.Sockets;
using System.Text;
using MaoTrade.Tests.Engine.Server;
using MaoTrade.Tests.Protocol.Framing;

namespace MaoTrade.Tests.Protocol.Client;

/// <summary>A peer of the client that a test plays itself, connection by connection.</summary>
internal sealed class ScriptedEngine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ScriptedEngine() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async Task<ScriptedConnection> AcceptAsync() => new(await _listener.AcceptSocketAsync().WaitAsync(WireHost.Patience));

    /// <summary>Whether somebody connects who has not been accepted.</summary>
    public bool HasCaller => _listener.Pending();

    public void Dispose() => _listener.Dispose();
}

/// <summary>One connection as the engine's side sees it.</summary>
internal sealed class ScriptedConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly List<byte> _waiting = [];
    private readonly byte[] _buffer = new byte[64 * 1024];

    public ScriptedConnection(Socket socket) => _socket = socket;

    /// <summary>The next request without its terminator.</summary>
    public async Task<string> RequestAsync()
    {
        int end;
        while ((end = _waiting.IndexOf(0x04)) < 0)
        {
            var length = await _socket.ReceiveAsync(_buffer).WaitAsync(WireHost.Patience);
            length.Should().BePositive("a request was expected");
            _waiting.AddRange(_buffer.AsSpan(0, length));
        }

        var request = Encoding.UTF8.GetString([.. _waiting[..end]]);
        _waiting.RemoveRange(0, end + 1);
        return request;
    }

    /// <summary>The next request's id.</summary>
    public async Task<string> IdAsync()
    {
        using var request = System.Text.Json.JsonDocument.Parse(await RequestAsync());
        return request.RootElement.GetProperty("id").GetString()!;
    }

    public async Task SendAsync(string text) => await SendAsync(WireBytes.Of(text));

    public async Task SendAsync(byte[] bytes) => await _socket.SendAsync(bytes).WaitAsync(WireHost.Patience);

    public Task AnswerAsync(string id, string data = "{}") => SendAsync($"{{\"code\":0,\"message\":\"\",\"data\":{data},\"id\":\"{id}\"}}<04>");

    /// <summary>Ends when the client has closed.</summary>
    public async Task ClosedAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_buffer).WaitAsync(WireHost.Patience) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // A reset is an end too.
        }
    }

    public void Dispose() => _socket.Dispose();
}
