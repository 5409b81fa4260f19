using System.Net.Sockets;
using MaoTrade.Engine.Server.Transport;

namespace MaoTrade.Engine.Server;

/// <summary>
/// The sending side of a plain connection. Written past the transport's own output pipe, because that one returns before
/// the socket has the bytes and cannot end one direction alone (PROTOCOL.md, Linger). Ends each write with the socket.
/// </summary>
internal sealed class SocketSendStream(Socket socket, SendProgress progress) : Stream
{
    private const int FastBytes = 64 * 1024;

    /// <summary>What 15 s carry at 240 bytes per second: a peer above the minimum rate takes it before it counts as stalled.</summary>
    private const int SlowBytes = 3600;

    private int _pieceBytes = FastBytes;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        buffer = buffer[SystemSocket.SendNow(socket, buffer.Span)..];
        while (!buffer.IsEmpty)
        {
            var piece = buffer[..Math.Min(buffer.Length, _pieceBytes)];
            var sending = socket.SendAsync(piece, SocketFlags.None, cancellationToken);
            if (sending.IsCompleted)
            {
                buffer = buffer[await sending..];
                _pieceBytes = FastBytes;
                continue;
            }

            progress.Begin(piece.Length);
            buffer = buffer[await sending..];
            progress.End();
            _pieceBytes = SlowBytes;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
