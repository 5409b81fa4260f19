using System.Net;
using System.Net.Sockets;

namespace MaoTrade.Bench.Load;

/// <summary>One raw socket; one thread uses it at a time and blocks in the system, not in a scheduler.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
    private readonly byte[] _received = new byte[256 * 1024];
    private readonly IReplyCounter _counter;
    private int _held;

    public LoadConnection(EndPoint server, IReplyCounter counter)
    {
        _counter = counter;
        _socket.Connect(server);
    }

    /// <summary>Sends a batch and waits for its replies.</summary>
    public void Exchange(ReadOnlySpan<byte> batch, int replies)
    {
        for (var rest = batch; !rest.IsEmpty;)
        {
            rest = rest[_socket.Send(rest)..];
        }

        while (replies > 0)
        {
            var count = _socket.Receive(_received.AsSpan(_held));
            if (count == 0)
            {
                throw new BenchException("the server closed a connection");
            }

            var received = _held + count;
            var taken = _counter.Take(_received.AsSpan(0, received), out var ended);
            _held = received - taken;
            _received.AsSpan(taken, _held).CopyTo(_received);
            replies -= ended;
        }
    }

    public void Dispose() => _socket.Dispose();
}
