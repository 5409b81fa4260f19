using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Protocol.Client;

/// <summary>
/// A request whose replies follow each other, alone on its connection. Read by one caller as fast as it likes. A timer asks
/// an engine that is silent for its standing; an engine that does not even answer that is taken for gone.
/// </summary>
internal sealed class Subscription : IAsyncDisposable
{
    private const ulong RequestNumber = 1;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly WireConnection _connection;
    private readonly Queue<ProxyReply> _arrived = new();
    private readonly ITimer _timer;
    private ulong _lastId = RequestNumber;
    private long _waitingSince;
    private long _askedAt;
    private int _isAsking;

    private Subscription(WireConnection connection)
    {
        _connection = connection;
        _askedAt = connection.Time.GetTimestamp();
        _timer = connection.Time.CreateTimer(static state => ((Subscription)state!).Look(), this, LookInterval, LookInterval);
    }

    public static async IAsyncEnumerable<ProxyReply> RunAsync(
        string host, int port, ProxyRequest request, MTProxyOptions options, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (opened, failure) = await TryOpenAsync(host, port, request, options, time, cancellationToken);
        if (opened is null)
        {
            yield return failure!;
            yield break;
        }

        await using (opened)
        {
            ProxyReply reply;
            do
            {
                reply = await opened.NextAsync(cancellationToken);
                yield return reply;
            }
            while (reply.More);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async ValueTask<(Subscription? Opened, ProxyReply? Failure)> TryOpenAsync(
        string host, int port, ProxyRequest request, MTProxyOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        WireConnection? connection = null;
        try
        {
            connection = await WireConnection.OpenAsync(host, port, WireConnection.ReplyBufferBytes, options, time, cancellationToken);
            await WriteAsync(connection, request, RequestNumber, cancellationToken);
            return (new Subscription(connection), null);
        }
        catch (Exception e) when (WireConnection.IsNetworkFailure(e))
        {
            if (connection is null)
            {
                return (null, ProxyReply.Failure(ProxyResult.Connect, $"{host}:{port}: {e.Message}"));
            }

            await connection.DisposeAsync();
            return (null, Failures.Of(e));
        }
        catch (OperationCanceledException)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            throw;
        }
    }

    private static ValueTask WriteAsync(WireConnection connection, ProxyRequest request, ulong id, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>(request.Data.Length + 256);
        RequestWriter.Write(output, request.Service, request.Data.Span, id, request.RequestId, request.TimeToLiveMs);
        return connection.Stream.WriteAsync(output.WrittenMemory, cancellationToken);
    }

    private async ValueTask<ProxyReply> NextAsync(CancellationToken cancellationToken)
    {
        ProxyReply? reply;
        while (!_arrived.TryDequeue(out reply))
        {
            try
            {
                Volatile.Write(ref _waitingSince, _connection.Time.GetTimestamp() | 1);
                Take(await _connection.Input.ReadAsync(cancellationToken));
            }
            catch (Exception e) when (WireConnection.IsNetworkFailure(e))
            {
                return Failures.Of(e);
            }
            finally
            {
                Volatile.Write(ref _waitingSince, 0);
            }
        }

        return reply;
    }

    /// <summary>Takes every whole reply; those to questions of our own only show that the engine lives.</summary>
    private void Take(ReadResult result)
    {
        var buffer = result.Buffer;
        ReplyStep step;
        ReplyFrame frame;
        while ((step = _connection.Replies.Read(ref buffer, result.IsCompleted, out frame)) == ReplyStep.Plain)
        {
            if (!frame.Head.HasId || ReplyIds.Is(frame.Head.Id.Of(frame.Json), RequestNumber))
            {
                _arrived.Enqueue(ProxyReply.From(in frame));
            }
        }

        switch (step)
        {
            case ReplyStep.End:
                _arrived.Enqueue(ProxyReply.Failure(ProxyResult.Read, "the engine closed the connection"));
                break;
            case ReplyStep.Payload:
                _arrived.Enqueue(ProxyReply.Failure(ProxyResult.Protocol, "the engine sent a payload within a subscription"));
                break;
            case ReplyStep.Violation:
                _arrived.Enqueue(Failures.Of(frame.Violation, buffer.Length));
                break;
        }

        _connection.Input.AdvanceTo(buffer.Start, step == ReplyStep.NeedMore ? buffer.End : buffer.Start);
    }

    private void Look()
    {
        var since = Volatile.Read(ref _waitingSince);
        if (since == 0)
        {
            return;
        }

        var silence = _connection.Time.GetElapsedTime(since);
        if (silence >= _connection.Options.SilenceTimeout)
        {
            _connection.Abort();
        }
        else if (silence >= _connection.Options.AskAfter && _connection.Time.GetElapsedTime(_askedAt) >= _connection.Options.AskAfter
            && Interlocked.Exchange(ref _isAsking, 1) == 0)
        {
            _ = AskAsync();
        }
    }

    /// <summary>Never throws: a connection that cannot be written to fails its reader.</summary>
    private async Task AskAsync()
    {
        try
        {
            _askedAt = _connection.Time.GetTimestamp();
            await WriteAsync(_connection, new ProxyRequest(5, default), ++_lastId, CancellationToken.None);
        }
        catch (Exception e) when (WireConnection.IsNetworkFailure(e))
        {
            _connection.Abort();
        }
        finally
        {
            Volatile.Write(ref _isAsking, 0);
        }
    }
}
