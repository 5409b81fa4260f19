using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using MaoTrade.Engine.Brokers.Paper.Wire;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>
/// One connection: a reading loop that hands requests to the broker's loop, a writing loop, and one that keeps answers back
/// while the fault <c>delay</c> is on. A peer that does not read is cut off when its queue is full; its events come again.
/// </summary>
internal sealed class PaperSession : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _delay;
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(PaperLimits.MessagesWaiting) { SingleReader = true });

    private readonly Channel<(long DueTimestamp, byte[] Frame)> _delayed = Channel.CreateBounded<(long, byte[])>(
        new BoundedChannelOptions(PaperLimits.MessagesWaiting) { SingleReader = true, SingleWriter = true });

    public PaperSession(Socket socket, TimeProvider clock, TimeSpan delay)
    {
        socket.NoDelay = true;
        _socket = socket;
        _clock = clock;
        _delay = delay;
    }

    /// <summary>Set by the broker's loop when the account is known.</summary>
    public PaperAccount? Account { get; set; }

    /// <summary>Serves the connection to its end; nothing that the peer may do is thrown.</summary>
    public async Task RunAsync(ChannelWriter<PaperInput> inputs, CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.UnsafeRegister(static session => ((PaperSession)session!).Close(), this);
        await using var stream = new NetworkStream(_socket, ownsSocket: false);
        var writing = WriteAsync(PipeWriter.Create(stream));
        var delaying = ReleaseAsync();
        try
        {
            await ReadAsync(PipeReader.Create(stream), inputs);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidDataException or OperationCanceledException or ChannelClosedException)
        {
            // The peer is gone, broke the rules or is being stopped: all end the connection.
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            _delayed.Writer.TryComplete();
            await _end.CancelAsync();
            await writing;
            await delaying;
        }
    }

    /// <summary>Queues a frame.</summary>
    public void Send(byte[] frame)
    {
        if (!_outgoing.Writer.TryWrite(frame))
        {
            Close();
        }
    }

    /// <summary>Queues an answer, late by the fault's delay.</summary>
    public void Answer(byte[] frame)
    {
        if (_delay == TimeSpan.Zero)
        {
            Send(frame);
        }
        else if (!_delayed.Writer.TryWrite((_clock.GetTimestamp() + (long)(_delay.TotalSeconds * _clock.TimestampFrequency), frame)))
        {
            Close();
        }
    }

    /// <summary>Says that a newer connection took over and ends this one.</summary>
    public void Replace() => SendLast(new ReplacedMessage());

    /// <summary>Sends a last message and ends the connection.</summary>
    public void SendLast(PaperMessage message)
    {
        Send(PaperFraming.Encode(message, PaperJson.Default.PaperMessage));
        _outgoing.Writer.TryComplete();
    }

    public void Close()
    {
        _outgoing.Writer.TryComplete();
        _end.Cancel();
    }

    public ValueTask DisposeAsync()
    {
        // The token's source stays: the broker's loop may still close a session that has just ended.
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadAsync(PipeReader reader, ChannelWriter<PaperInput> inputs)
    {
        using var hello = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        using var deadline = _clock.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), hello, PaperLimits.Hello, Timeout.InfiniteTimeSpan);
        var first = await PaperFraming.ReadAsync(reader, PaperJson.Default.PaperRequest, hello.Token);
        deadline.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (first is not HelloRequest)
        {
            throw new InvalidDataException("the first frame is no hello");
        }

        var request = first;
        while (request is not null)
        {
            await inputs.WriteAsync(new PaperInput(PaperInputKind.Request, this, request), _end.Token);
            request = await PaperFraming.ReadAsync(reader, PaperJson.Default.PaperRequest, _end.Token);
        }
    }

    private async Task WriteAsync(PipeWriter writer)
    {
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync(_end.Token))
            {
                while (_outgoing.Reader.TryRead(out var frame))
                {
                    frame.CopyTo(writer.GetSpan(frame.Length));
                    writer.Advance(frame.Length);
                }

                await writer.FlushAsync(_end.Token);
            }

            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The peer is gone or the session is being stopped.
        }
        finally
        {
            await _end.CancelAsync();
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await foreach (var (due, frame) in _delayed.Reader.ReadAllAsync(_end.Token))
            {
                var wait = _clock.GetElapsedTime(_clock.GetTimestamp(), due);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _clock, _end.Token);
                }

                Send(frame);
            }
        }
        catch (OperationCanceledException)
        {
            // The session ends: what is late now is never sent.
        }
    }
}
