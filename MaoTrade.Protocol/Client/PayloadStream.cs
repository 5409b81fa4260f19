using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace MaoTrade.Protocol.Client;

/// <summary>Counts a payload down. Grammar: <c>payload = size raw bytes</c> (PROTOCOL.md, Frames).</summary>
internal sealed class PayloadStream(WireConnection connection, long size, Func<bool, ValueTask> release) : Stream
{
    private readonly StallWatch _watch = new(connection);
    private long _read;
    private bool _released;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_read == size || buffer.IsEmpty)
        {
            return 0;
        }

        ObjectDisposedException.ThrowIf(_released, this);
        buffer = buffer[..(int)Math.Min(buffer.Length, size - _read)];
        var length = connection.Input.TryRead(out var ready) ? Take(ready, buffer.Span) : await ReceiveAsync(buffer, cancellationToken);
        _read += length;
        if (length == 0)
        {
            throw new PayloadException(ProxyResult.Truncated, $"the payload ended after {_read} of {size} bytes");
        }

        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("payloads are read asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (!_released)
        {
            _released = true;
            _watch.Dispose();
            await release(_read == size);
        }

        await base.DisposeAsync();
    }

    /// <summary>The bytes that came together with the reply.</summary>
    private int Take(ReadResult ready, Span<byte> buffer)
    {
        var part = ready.Buffer.Slice(0, Math.Min(ready.Buffer.Length, buffer.Length));
        part.CopyTo(buffer);
        connection.Input.AdvanceTo(part.End);
        return (int)part.Length;
    }

    /// <summary>All others go straight from the connection to the caller, who never asks for more than the payload has.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            _watch.Begin();
            var length = await connection.Stream.ReadAsync(buffer, cancellationToken);
            _watch.End(length);
            return length;
        }
        catch (Exception e) when (WireConnection.IsNetworkFailure(e))
        {
            throw _watch.Reason is { } reason
                ? new PayloadException(ProxyResult.Timeout, $"{reason} after {_read} of {size} bytes of payload", e)
                : new PayloadException(ProxyResult.Truncated, $"the connection failed after {_read} of {size} bytes of payload: {e.Message}", e);
        }
    }
}
