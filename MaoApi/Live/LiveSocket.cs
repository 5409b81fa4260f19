using System.Buffers;
using System.Net.WebSockets;

namespace MaoApi.Live;

/// <summary>A client on a WebSocket. Holds a small buffer; a longer message borrows one for as long as it arrives.</summary>
internal sealed class LiveSocket(WebSocket socket, TimeProvider time) : LiveClient(time)
{
    private const int BufferBytes = 512;

    private readonly byte[] _buffer = new byte[BufferBytes];

    public override bool Speaks => true;

    /// <summary>Reads the client's words until one of both has enough.</summary>
    public async Task RunAsync(Func<ReadOnlyMemory<byte>, ValueTask<LiveClose?>> take, CancellationToken cancellationToken)
    {
        try
        {
            while (Closing is null && await ReadAsync(take, cancellationToken))
            {
                // Each message is done before the next is read.
            }

            await DiscardAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client is gone, or was cut: nobody is left to tell.
        }
    }

    public override void Abort() => socket.Abort();

    protected override ValueTask SendAsync(LiveMessage message) =>
        socket.SendAsync(message.Bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    protected override async ValueTask SayGoodbyeAsync(LiveClose reason)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)reason.Code, reason.Reason, CancellationToken.None);
        }
    }

    /// <summary>Reads one message and does what it says; false at the end.</summary>
    private async ValueTask<bool> ReadAsync(Func<ReadOnlyMemory<byte>, ValueTask<LiveClose?>> take, CancellationToken cancellationToken)
    {
        var part = await socket.ReceiveAsync((Memory<byte>)_buffer, cancellationToken);
        Heard();
        if (part.MessageType != WebSocketMessageType.Text)
        {
            return End(part.MessageType);
        }

        if (part.EndOfMessage)
        {
            return Continue(await take(_buffer.AsMemory(0, part.Count)));
        }

        var borrowed = ArrayPool<byte>.Shared.Rent(LiveLimits.CommandBytes + 1);
        try
        {
            _buffer.AsSpan(0, part.Count).CopyTo(borrowed);
            var length = part.Count;
            while (!part.EndOfMessage)
            {
                if (length > LiveLimits.CommandBytes)
                {
                    return Continue(LiveClose.TooLarge);
                }

                part = await socket.ReceiveAsync(borrowed.AsMemory(length, LiveLimits.CommandBytes + 1 - length), cancellationToken);
                length += part.Count;
            }

            return Continue(length > LiveLimits.CommandBytes ? LiveClose.TooLarge : await take(borrowed.AsMemory(0, length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(borrowed);
        }
    }

    private bool End(WebSocketMessageType type)
    {
        Close(type == WebSocketMessageType.Close ? new LiveClose((int)WebSocketCloseStatus.NormalClosure, "") : LiveClose.Malformed);
        return false;
    }

    private bool Continue(LiveClose? reason)
    {
        if (reason is not null)
        {
            Close(reason);
        }

        return reason is null;
    }

    /// <summary>Until the client has heard the goodbye and said its own.</summary>
    private async ValueTask DiscardAsync(CancellationToken cancellationToken)
    {
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            await socket.ReceiveAsync((Memory<byte>)_buffer, cancellationToken);
        }

        await DrainedAsync();
    }
}
