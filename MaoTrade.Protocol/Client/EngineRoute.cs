using System.Collections.Concurrent;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Protocol.Client;

/// <summary>
/// The connections to one engine and what is known of it: whether it echoes ids, and so whether it takes more than one
/// request per connection.
/// </summary>
internal sealed class EngineRoute(string host, int port, MTProxyOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly SemaphoreSlim _payloadSlots = new(options.MaxPayloadConnections);
    private readonly SemaphoreSlim _classicSlots = new(options.MaxClassicConnections);
    private readonly ConcurrentQueue<WireConnection> _idle = new();
    private PipelinedConnection? _pipelined;
    private long _classicSince;
    private long _dropped;
    private long _lastId;
    private int _disposed;

    /// <summary>The pipelined connection, open or not, or null.</summary>
    public PipelinedConnection? Pipelined => Volatile.Read(ref _pipelined);

    public long DroppedReplies => Interlocked.Read(ref _dropped);

    public bool IsClassic
    {
        get
        {
            var since = Volatile.Read(ref _classicSince);
            return since != 0 && time.GetElapsedTime(since) < options.ClassicPeriod;
        }
    }

    /// <summary>Sends on a connection of the right kind.</summary>
    /// <exception cref="OperationCanceledException">The deadline or the caller ended the wait.</exception>
    public ValueTask<RouteReply> SendAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _disposed) != 0)
        {
            return new(new RouteReply(ProxyReply.Failure(ProxyResult.Connect, "the proxy is closed"), Sent: false));
        }

        return request.ExpectsPayload ? SendForPayloadAsync(request, cancellationToken)
            : IsClassic ? SendClassicAsync(request, cancellationToken)
            : OpenPipelinedAsync(request, cancellationToken);
    }

    /// <summary>Ends what is overdue or idle.</summary>
    public void Sweep()
    {
        Pipelined?.Sweep();
        while (_idle.TryPeek(out var oldest) && time.GetElapsedTime(oldest.UsedAt) >= options.IdleTimeout
            && _idle.TryDequeue(out var idle))
        {
            // Another thread may have taken the oldest in between; a younger one dropped instead does no harm.
            idle.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        while (_idle.TryDequeue(out var idle))
        {
            await idle.DisposeAsync();
        }

        if (Pipelined is { } pipelined)
        {
            await pipelined.DisposeAsync();
        }
    }

    /// <summary>The first request on a new connection goes alone; its reply tells what the peer is.</summary>
    private async ValueTask<RouteReply> OpenPipelinedAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (Pipelined is { IsOpen: true } open)
            {
                return new RouteReply(null, Sent: false, open);
            }

            if (!IsClassic)
            {
                return await ProbeAsync(request, cancellationToken);
            }
        }
        finally
        {
            _opening.Release();
        }

        return await SendClassicAsync(request, cancellationToken);
    }

    private async ValueTask<RouteReply> ProbeAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        var connection = await TryOpenAsync(WireConnection.ReplyBufferBytes, cancellationToken);
        if (connection.Opened is not { } opened)
        {
            return new RouteReply(connection.Failure, Sent: false);
        }

        var id = (ulong)Interlocked.Increment(ref _lastId);
        var exchange = new Exchange(opened, request, id);
        var isKept = false;
        try
        {
            var reply = await RunAsync(exchange, static _ => ValueTask.CompletedTask, cancellationToken);
            Learn(exchange, reply);
            if (exchange is { EchoedId: true, HasReply: true } && Volatile.Read(ref _disposed) == 0)
            {
                isKept = true;
                Volatile.Write(ref _pipelined, new PipelinedConnection(opened, NextId, Drop));
            }

            return new RouteReply(reply, exchange.Sent);
        }
        finally
        {
            if (!isKept)
            {
                await opened.DisposeAsync();
            }
        }
    }

    private async ValueTask<RouteReply> SendClassicAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        await _classicSlots.WaitAsync(cancellationToken);
        try
        {
            var connection = await TryOpenAsync(WireConnection.ReplyBufferBytes, cancellationToken);
            if (connection.Opened is not { } opened)
            {
                return new RouteReply(connection.Failure, Sent: false);
            }

            await using (opened)
            {
                var exchange = new Exchange(opened, request, id: null);
                var reply = await RunAsync(exchange, static _ => ValueTask.CompletedTask, cancellationToken);
                return new RouteReply(reply, exchange.Sent);
            }
        }
        finally
        {
            _classicSlots.Release();
        }
    }

    private async ValueTask<RouteReply> SendForPayloadAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        await _payloadSlots.WaitAsync(cancellationToken);
        WireConnection? connection = null;
        var isHandedOver = false;
        try
        {
            connection = TakeIdle();
            if (connection is null)
            {
                var opened = await TryOpenAsync(WireConnection.PayloadBufferBytes, cancellationToken);
                if (opened.Opened is null)
                {
                    return new RouteReply(opened.Failure, Sent: false);
                }

                connection = opened.Opened;
            }

            var id = IsClassic ? null : (ulong?)Interlocked.Increment(ref _lastId);
            var exchange = new Exchange(connection, request, id);
            var reply = await RunAsync(exchange, whole => ReleaseAsync(connection, whole && exchange.EchoedId), cancellationToken);
            Learn(exchange, reply);
            isHandedOver = true;
            if (reply.Payload is null)
            {
                await ReleaseAsync(connection, exchange is { HasReply: true, EchoedId: true, HasLeftOver: false });
            }

            return new RouteReply(reply, exchange.Sent);
        }
        finally
        {
            if (!isHandedOver)
            {
                if (connection is not null)
                {
                    await connection.DisposeAsync();
                }

                _payloadSlots.Release();
            }
        }
    }

    private static async ValueTask<ProxyReply> RunAsync(Exchange exchange, Func<bool, ValueTask> release, CancellationToken cancellationToken)
    {
        try
        {
            return await exchange.RunAsync(release, cancellationToken);
        }
        catch (Exception e) when (WireConnection.IsNetworkFailure(e))
        {
            return Failures.Of(e);
        }
    }

    /// <summary>A reply without id marks the peer; a refusal that answers no request in particular says nothing.</summary>
    private void Learn(Exchange exchange, ProxyReply reply)
    {
        if (exchange.HasReply && !exchange.EchoedId
            && reply.Code is not (ReplyCode.NotReady or ReplyCode.Malformed or ReplyCode.TooLarge))
        {
            Volatile.Write(ref _classicSince, time.GetTimestamp() | 1);
        }

        Drop(exchange.Dropped);
    }

    private WireConnection? TakeIdle()
    {
        while (_idle.TryDequeue(out var idle))
        {
            if (!idle.IsStale())
            {
                return idle;
            }

            idle.Abort();
        }

        return null;
    }

    private async ValueTask ReleaseAsync(WireConnection connection, bool isReusable)
    {
        if (isReusable && Volatile.Read(ref _disposed) == 0)
        {
            connection.UsedAt = time.GetTimestamp();
            _idle.Enqueue(connection);
        }
        else
        {
            await connection.DisposeAsync();
        }

        _payloadSlots.Release();
    }

    private async ValueTask<(WireConnection? Opened, ProxyReply? Failure)> TryOpenAsync(int bufferBytes, CancellationToken cancellationToken)
    {
        try
        {
            return (await WireConnection.OpenAsync(host, port, bufferBytes, options, time, cancellationToken), null);
        }
        catch (Exception e) when (WireConnection.IsNetworkFailure(e))
        {
            return (null, ProxyReply.Failure(ProxyResult.Connect, $"{host}:{port}: {e.Message}"));
        }
    }

    private ulong NextId() => (ulong)Interlocked.Increment(ref _lastId);

    private void Drop(int count) => Interlocked.Add(ref _dropped, count);
}
