using System.Buffers;
using System.IO.Pipelines;

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

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_read == size || buffer.IsEmpty)
        {
            return 0;
        }

        ObjectDisposedException.ThrowIf(_released, this);
        var input = await ReceiveAsync(cancellationToken);
        var length = (int)Math.Min(Math.Min(input.Buffer.Length, buffer.Length), size - _read);
        var part = input.Buffer.Slice(0, length);
        part.CopyTo(buffer.Span);
        connection.Input.AdvanceTo(part.End);
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

    private async ValueTask<ReadResult> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (connection.Input.TryRead(out var ready))
        {
            return ready;
        }

        try
        {
            _watch.Begin();
            var result = await connection.Input.ReadAsync(cancellationToken);
            _watch.End(result.Buffer.Length);
            return result;
        }
        catch (Exception e) when (WireConnection.IsNetworkFailure(e))
        {
            throw _watch.Reason is { } reason
                ? new PayloadException(ProxyResult.Timeout, $"{reason} after {_read} of {size} bytes of payload", e)
                : new PayloadException(ProxyResult.Truncated, $"the connection failed after {_read} of {size} bytes of payload: {e.Message}", e);
        }
    }
}
