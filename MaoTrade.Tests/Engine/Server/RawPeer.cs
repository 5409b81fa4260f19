using System.Net;
using System.Net.Sockets;
using System.Text;
using MaoTrade.Tests.Protocol.Framing;

namespace MaoTrade.Tests.Engine.Server;

/// <summary>A peer that sends and receives bytes as a test says, each wait with a deadline.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _waiting = [];

    private RawPeer(Socket socket) => _socket = socket;

    public Socket Socket => _socket;

    public static async Task<RawPeer> ConnectAsync(int port, int? receiveBytes = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBytes is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port)).WaitAsync(WireHost.Patience);
        return new RawPeer(socket);
    }

    /// <summary>Sends bytes written as in <see cref="WireBytes"/>; returns how many.</summary>
    public async Task<int> SendAsync(string text) => await SendAsync(WireBytes.Of(text));

    public async Task<int> SendAsync(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await _socket.SendAsync(bytes.AsMemory(sent)).AsTask().WaitAsync(WireHost.Patience);
        }

        return bytes.Length;
    }

    /// <summary>The next reply up to its terminator, without it.</summary>
    public async Task<string> ReplyAsync()
    {
        int end;
        while ((end = _waiting.IndexOf(0x04)) < 0)
        {
            (await ReceiveAsync()).Should().BeTrue("a reply was expected, the engine closed after '{0}'", Encoding.UTF8.GetString([.. _waiting]));
        }

        var reply = Encoding.UTF8.GetString([.. _waiting[..end]]);
        _waiting.RemoveRange(0, end + 1);
        return reply;
    }

    /// <summary>Exactly so many raw bytes.</summary>
    public async Task<byte[]> BytesAsync(int count)
    {
        while (_waiting.Count < count)
        {
            (await ReceiveAsync()).Should().BeTrue("{0} bytes were expected", count);
        }

        byte[] bytes = [.. _waiting[..count]];
        _waiting.RemoveRange(0, count);
        return bytes;
    }

    /// <summary>Everything until the engine ends the stream.</summary>
    public async Task<byte[]> ToEndAsync()
    {
        while (await ReceiveAsync())
        {
        }

        byte[] bytes = [.. _waiting];
        _waiting.Clear();
        return bytes;
    }

    /// <summary>Waits for the end of the stream or a reset; nothing else may come.</summary>
    public async Task ClosedAsync()
    {
        try
        {
            (await ToEndAsync()).Should().BeEmpty();
        }
        catch (SocketException)
        {
            // A reset is an end too.
        }
    }

    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    private async Task<bool> ReceiveAsync()
    {
        int length;
        try
        {
            length = await _socket.ReceiveAsync(_buffer).WaitAsync(WireHost.Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The engine sent nothing for {WireHost.Patience}; so far '{Encoding.UTF8.GetString([.. _waiting])}'", e);
        }

        _waiting.AddRange(_buffer.AsSpan(0, length));
        return length > 0;
    }
}
