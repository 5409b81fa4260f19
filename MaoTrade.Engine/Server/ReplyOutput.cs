using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Cryptography;
using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace MaoTrade.Engine.Server;

/// <summary>
/// The sending side of one connection. One owner writes at a time: the read loop for a whole batch of replies, or whoever
/// finishes a late reply. Late replies are queued first, so an owner sends what others have queued with the same flush.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle, and late replies outlive the loop.")]
internal sealed class ReplyOutput
{
    private const int SegmentBytes = 16 * 1024;
    private const int PayloadBytes = 64 * 1024;

    private readonly SemaphoreSlim _owner = new(1, 1);
    private readonly ConcurrentQueue<PendingRequest> _late = new();
    private readonly InFlightRequests _inFlight;
    private readonly WireOptions _options;
    private readonly PipeWriter _writer;
    private readonly Socket? _socket;
    private ReplyStreams? _streams;

    public ReplyOutput(ConnectionContext context, InFlightRequests inFlight, WireOptions options, TimeProvider time)
    {
        _inFlight = inFlight;
        _options = options;
        Progress = new SendProgress(time, options);
        var isPlain = context.Features.Get<ITlsConnectionFeature>() is null;
        _socket = isPlain ? context.Features.Get<IConnectionSocketFeature>()?.Socket : null;
        _writer = _socket is null
            ? context.Transport.Output
            : PipeWriter.Create(
                new SocketSendStream(_socket, Progress), new StreamPipeWriterOptions(minimumBufferSize: SegmentBytes, leaveOpen: true));
    }

    /// <summary>What is being sent now.</summary>
    public SendProgress Progress { get; }

    /// <summary>Streams whose replies are sent with the others; null until there is one.</summary>
    public ReplyStreams? Streams
    {
        get => Volatile.Read(ref _streams);
        set => Volatile.Write(ref _streams, value);
    }

    /// <summary>Becomes the owner.</summary>
    public ValueTask AcquireAsync() => _owner.Wait(0) ? ValueTask.CompletedTask : new ValueTask(_owner.WaitAsync());

    /// <summary>Sends everything written and every late reply, then lets the next owner in.</summary>
    public async ValueTask FlushAndReleaseAsync()
    {
        await FlushAndReleaseOnceAsync();
        await SendLateAsync();
    }

    /// <summary>Queues a reply that was not known at once and sends it, unless the present owner does.</summary>
    public ValueTask SendLateAsync(PendingRequest request)
    {
        _late.Enqueue(request);
        return SendLateAsync();
    }

    /// <summary>Sends what was queued or waits in streams, unless the present owner does.</summary>
    public async ValueTask SendLateAsync()
    {
        while ((!_late.IsEmpty || Streams is { HasWaiting: true }) && _owner.Wait(0))
        {
            await FlushAndReleaseOnceAsync();
        }
    }

    /// <summary>Writes one reply; the caller owns the output. Completes synchronously unless there is a payload.</summary>
    public ValueTask WriteAsync(PendingRequest request)
    {
        var reply = request.Reply;
        if (reply.Payload is { } payload)
        {
            return WritePayloadAsync(request, payload);
        }

        var jsonBytes = reply.Data.Length + request.Head.Id.Length + (reply.Message.Length * 6L) + ReplyWriter.EnvelopeBytes;
        if (jsonBytes > _options.MaxJsonBytes)
        {
            return WriteLongAsync(request);
        }

        ReplyWriter.WritePlain(_writer, reply.Code, reply.Message, reply.Data.Span, request.Id);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes a reply that belongs to no request; the caller owns the output.</summary>
    public void WriteRefusal(int code, string message) => ReplyWriter.WritePlain(_writer, code, message, default, default);

    /// <summary>Forgets late replies that can no longer be sent.</summary>
    public async ValueTask DiscardLateAsync()
    {
        while (_late.TryDequeue(out var request))
        {
            if (request.Reply.Payload is { } payload)
            {
                await payload.DisposeAsync();
            }

            _inFlight.Remove(request);
        }
    }

    /// <summary>Ends the sending direction after everything was flushed; the receiving one stays open where the transport can do that.</summary>
    public async ValueTask FinishAsync(ConnectionContext context)
    {
        if (_socket is null)
        {
            await context.Transport.Output.CompleteAsync();
        }
        else
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
    }

    private async ValueTask FlushAndReleaseOnceAsync()
    {
        try
        {
            while (_late.TryDequeue(out var request))
            {
                await WriteLateAsync(request);
            }

            Streams?.Write(_writer);
            await FlushAsync();
        }
        finally
        {
            _owner.Release();
        }
    }

    private async ValueTask WriteLateAsync(PendingRequest request)
    {
        try
        {
            await WriteAsync(request);
        }
        finally
        {
            _inFlight.Remove(request);
        }
    }

    private async ValueTask FlushAsync()
    {
        var isMeasured = _socket is null;
        if (isMeasured)
        {
            Progress.Begin((int)Math.Min(int.MaxValue, _writer.CanGetUnflushedBytes ? _writer.UnflushedBytes : 0));
        }

        var result = await _writer.FlushAsync();
        if (isMeasured)
        {
            Progress.End();
        }

        if (result.IsCompleted)
        {
            throw new ConnectionAbortedException("The peer takes no more bytes.");
        }
    }

    /// <summary>JSON over the limit: as payload to peers with ids, else an error that names the way around.</summary>
    private async ValueTask WriteLongAsync(PendingRequest request)
    {
        var reply = request.Reply;
        if (request.Head.Id.Length == 0)
        {
            ReplyWriter.WritePlain(
                _writer, ReplyCode.TooLarge, "the reply is over 1 MiB; ask for less with limit and go on with cursor", default, default);
            return;
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(reply.Data.Span));
        var head = new PayloadHead("data.json", "application/json", (uint)reply.Data.Length, sha256);
        ReplyWriter.WritePayloadHead(_writer, reply.Code, reply.Message, head, request.Id);
        for (var rest = reply.Data; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, PayloadBytes)..])
        {
            _writer.Write(rest.Span[..Math.Min(rest.Length, PayloadBytes)]);
            await FlushAsync();
        }
    }

    /// <summary>Streams a payload; what the service promised and cannot keep ends the connection, so the peer sees a short payload.</summary>
    private async ValueTask WritePayloadAsync(PendingRequest request, ReplyPayload payload)
    {
        await using (payload)
        {
            if (payload.SizeBytes is < 0 or > Wire.MaxPayloadBytes)
            {
                ReplyWriter.WritePlain(_writer, ReplyCode.TooLarge, "the payload is over 4 GiB", default, request.Id);
                return;
            }

            var head = new PayloadHead(payload.FileName, payload.ContentType, (uint)payload.SizeBytes, payload.Sha256);
            ReplyWriter.WritePayloadHead(_writer, request.Reply.Code, request.Reply.Message, head, request.Id);
            var rest = payload.SizeBytes;
            while (rest > 0)
            {
                var memory = _writer.GetMemory(PayloadBytes);
                var length = await payload.Content.ReadAsync(memory[..(int)Math.Min(Math.Min(memory.Length, PayloadBytes), rest)]);
                if (length == 0)
                {
                    throw new ConnectionAbortedException($"The payload {payload.FileName} is {rest} bytes shorter than announced.");
                }

                _writer.Advance(length);
                rest -= length;
                await FlushAsync();
            }
        }
    }
}
