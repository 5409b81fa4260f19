using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace MaoTrade.Engine.Server.Transport;

/// <summary>
/// One connection of the wire. Its thread waits for bytes and runs whoever reads them; the thread ends with the receiving
/// direction. What is written to the transport's output (TLS) is sent by a loop beside it.
/// </summary>
internal sealed class WireSocket : DefaultConnectionContext, IConnectionSocketFeature
{
    private const int BufferBytes = 4 * 1024;
    private const int StackBytes = 512 * 1024;

    /// <summary>A wait is looked after now and then, should the system not wake it when the socket is closed.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);

    private readonly CancellationTokenSource _closed = new();
    private readonly PipeWriter _received;
    private readonly PipeReader _toSend;
    private Task _sending = Task.CompletedTask;

    private WireSocket(string id, Socket socket, Pipe input, Pipe output)
        : base(id, new Duplex(input.Reader, output.Writer), new Duplex(output.Reader, input.Writer))
    {
        Socket = socket;
        _received = input.Writer;
        _toSend = output.Reader;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        ConnectionClosed = _closed.Token;
        Features.Set<IConnectionSocketFeature>(this);
    }

    public Socket Socket { get; }

    public static WireSocket Start(string id, Socket socket)
    {
        socket.NoDelay = true;
        var connection = new WireSocket(id, socket, new Pipe(Inline), new Pipe(Inline));
        connection._sending = connection.SendAsync();
        new Thread(connection.Receive, StackBytes) { IsBackground = true, Name = id }.Start();
        return connection;
    }

    public override void Abort(ConnectionAbortedException abortReason) => Close();

    public override async ValueTask DisposeAsync()
    {
        await Transport.Input.CompleteAsync();
        await Transport.Output.CompleteAsync();
        await _sending;
        Close();
        await base.DisposeAsync();
    }

    private void Receive()
    {
        Exception? fault = null;
        try
        {
            for (var count = Receive(_received.GetSpan(BufferBytes)); count > 0; count = Receive(_received.GetSpan(BufferBytes)))
            {
                _received.Advance(count);
                var flush = _received.FlushAsync();
                var result = flush.IsCompleted ? flush.GetAwaiter().GetResult() : flush.AsTask().GetAwaiter().GetResult();
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            fault = new ConnectionResetException(exception.Message, exception);
        }

        _received.Complete(fault);
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _closed, preferLocal: false);
    }

    /// <summary>Waits for bytes; 0 at the end of the stream.</summary>
    private int Receive(Span<byte> buffer)
    {
        while (true)
        {
            if (SystemSocket.Receive(Socket, buffer) is { } count)
            {
                return count;
            }

            Socket.Poll(LongestWait, SelectMode.SelectRead);
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var result = await _toSend.ReadAsync();
                foreach (var piece in result.Buffer)
                {
                    for (var rest = piece; !rest.IsEmpty;)
                    {
                        rest = rest[await Socket.SendAsync(rest, SocketFlags.None)..];
                    }
                }

                _toSend.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }

            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The peer is gone or the connection is being ended; the receiving side says so.
        }
        finally
        {
            await _toSend.CompleteAsync();
        }
    }

    /// <summary>Ends both directions at once; wakes the thread that waits.</summary>
    private void Close()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        Socket.Dispose();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
