using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using MaoTrade.Engine.Brokers.Paper.Wire;

namespace MaoTrade.Engine.Brokers.Paper.Client;

/// <summary>
/// One connection to the paper broker: requests by number, answers back to who asked, events to the channel. It is used once;
/// the account manager makes a new one for every try.
/// </summary>
internal sealed class PaperLink : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private readonly int _capacity;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<PaperReply?>> _waiting = new();
    private readonly CancellationTokenSource _end = new();
    private long _lastId;

    private PaperLink(Socket socket, int capacity)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: false);
        _reader = PipeReader.Create(_stream);
        _capacity = capacity;
    }

    public static async Task<PaperLink> ConnectAsync(string host, int port, int capacity, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return new PaperLink(socket, capacity);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The greeting; its answer is the first frame of the broker.</summary>
    public async Task<HelloReply> GreetAsync(string account, CancellationToken cancellationToken)
    {
        await WriteAsync(new HelloRequest(0, account), cancellationToken);
        return await PaperFraming.ReadAsync(_reader, PaperJson.Default.PaperMessage, cancellationToken) switch
        {
            HelloReply hello => hello,
            RefusedReply refused => throw new PaperRefusedException(refused.Reason),
            _ => throw new InvalidDataException("the broker did not greet back"),
        };
    }

    /// <summary>Reads until the connection ends; what ends it is thrown, an orderly end returns.</summary>
    public async Task ReadAsync(ChannelWriter<BrokerEvent> events, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        while (await PaperFraming.ReadAsync(_reader, PaperJson.Default.PaperMessage, both.Token) is { } message)
        {
            switch (message)
            {
                case EventMessage { Event: { } item }:
                    if (!events.TryWrite(item))
                    {
                        await events.WriteAsync(item, both.Token);
                    }

                    break;
                case PaperReply reply:
                    if (_waiting.TryRemove(reply.Id, out var waiting))
                    {
                        waiting.TrySetResult(reply);
                    }

                    break;
                case ReplacedMessage:
                    throw new PaperRefusedException("a newer connection of the account took over");
                default:
                    throw new InvalidDataException("an event of the broker is empty");
            }
        }
    }

    /// <summary>
    /// Sends a request and waits. The answer is null when none came in time or the connection ended; then the first value says
    /// whether a byte of the request may have left.
    /// </summary>
    public async Task<(bool Sent, PaperReply? Answer)> AskAsync(
        Func<long, PaperRequest> make, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (_waiting.Count >= _capacity || _end.IsCancellationRequested)
        {
            return (false, null);
        }

        var id = Interlocked.Increment(ref _lastId);
        var waiting = new TaskCompletionSource<PaperReply?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = waiting;
        try
        {
            if (!await TryWriteAsync(make(id), cancellationToken))
            {
                return (false, null);
            }

            if (_end.IsCancellationRequested)
            {
                return (true, null);
            }

            return (true, await waiting.Task.WaitAsync(timeout, clock, cancellationToken));
        }
        catch (Exception e) when (e is TimeoutException or IOException or SocketException or ObjectDisposedException)
        {
            return (true, null);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>Sends a request that has no answer; a connection that is gone swallows it.</summary>
    public async ValueTask TellAsync(PaperRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await TryWriteAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The reading loop reports the end of the connection.
        }
    }

    /// <summary>Ends the connection: every waiting request is answered with nothing.</summary>
    public void Close()
    {
        _end.Cancel();
        foreach (var waiting in _waiting.Values)
        {
            waiting.TrySetResult(null);
        }

        _socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await _stream.DisposeAsync();
    }

    /// <summary>False when the connection ended before the first byte.</summary>
    private async ValueTask<bool> TryWriteAsync(PaperRequest request, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_end.IsCancellationRequested)
            {
                return false;
            }

            // Not cancelled half way: the rest of a frame would be missing for the next one.
            await WriteAsync(request, _end.Token);
            return true;
        }
        catch (OperationCanceledException e) when (_end.IsCancellationRequested)
        {
            throw new IOException("the connection ended while a request was being sent", e);
        }
        finally
        {
            _writing.Release();
        }
    }

    private ValueTask WriteAsync(PaperRequest request, CancellationToken cancellationToken) =>
        _stream.WriteAsync(PaperFraming.Encode(request, PaperJson.Default.PaperRequest), cancellationToken);
}
