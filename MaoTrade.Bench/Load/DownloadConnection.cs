using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MaoTrade.Bench.Load;

/// <summary>A raw socket that asks for payloads and throws them away.</summary>
internal sealed class DownloadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 90_000 };
    private readonly byte[] _received = new byte[64 * 1024];
    private readonly byte[] _request;
    private readonly PayloadHeadReader _head;

    public DownloadConnection(EndPoint server, byte[] request, PayloadHeadReader head)
    {
        _request = request;
        _head = head;
        _socket.Connect(server);
    }

    /// <summary>Asks once and receives everything.</summary>
    /// <param name="pace">Called with the first byte of the payload and after every receipt; may wait.</param>
    public Transfer Receive(Action? pace = null)
    {
        var asked = Stopwatch.GetTimestamp();
        _socket.Send(_request);
        var length = 0;
        int headBytes;
        long payloadBytes;
        do
        {
            length += Next(_received.AsSpan(length));
        }
        while (!_head(_received.AsSpan(0, length), out headBytes, out payloadBytes));

        var left = payloadBytes - (length - headBytes);
        if (length == headBytes)
        {
            left -= Next(_received);
        }

        var began = Stopwatch.GetTimestamp();
        while (left > 0)
        {
            pace?.Invoke();
            left -= Next(_received);
        }

        return new Transfer(payloadBytes, Stopwatch.GetElapsedTime(asked, began), Stopwatch.GetElapsedTime(began));
    }

    public void Dispose() => _socket.Dispose();

    private int Next(Span<byte> buffer) =>
        _socket.Receive(buffer) is var count and > 0 ? count : throw new BenchException("the server closed a connection in the middle of a payload");
}
