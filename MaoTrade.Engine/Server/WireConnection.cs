using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MaoTrade.Engine.Logs;
using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace MaoTrade.Engine.Server;

/// <summary>
/// One peer of the engine. Its loop takes every complete request out of the buffer, answers what is known at once with
/// one flush, and reads on while the rest is worked on (PROTOCOL.md, Classic and pipelined, Limits).
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither timer nor wait handle, and late replies outlive the loop.")]
internal sealed partial class WireConnection
{
    private readonly ConnectionContext _context;
    private readonly ServiceRouter _router;
    private readonly ConnectionTable _table;
    private readonly WireOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RequestFrameReader _frames;
    private readonly RequestParser _parser = new();
    private readonly InFlightRequests _inFlight = new();
    private readonly ReplyOutput _output;
    private readonly ConnectionDeadlines _deadlines;
    private readonly CancellationTokenSource _aborted = new();
    private PendingRequest _current;
    private volatile bool _mustLinger;
    private volatile bool _isClosing;

    public WireConnection(
        long serial, ConnectionContext context, ServiceRouter router, ConnectionTable table, WireOptions options, TimeProvider time, ILogger logger)
    {
        Serial = serial;
        OpenedAt = time.GetTimestamp();
        _context = context;
        _router = router;
        _table = table;
        _options = options;
        _time = time;
        _logger = logger;
        _frames = new RequestFrameReader(options.MaxJsonBytes);
        _output = new ReplyOutput(context, _inFlight, options, time);
        _deadlines = new ConnectionDeadlines(options, time);
        _current = _inFlight.Rent();
    }

    /// <summary>Number of the connection within this process, for the log.</summary>
    public long Serial { get; }

    /// <summary>Timestamp of the connection's beginning.</summary>
    public long OpenedAt { get; }

    /// <summary>Whether a whole request has arrived; until then the connection may be displaced.</summary>
    public bool HasCompletedRequest => _deadlines.HasRequest;

    /// <summary>Serves the peer until one of both has enough.</summary>
    public async Task RunAsync()
    {
        var lifetime = _context.Features.Get<IConnectionLifetimeNotificationFeature>();
        using var drain = lifetime?.ConnectionClosedRequested.UnsafeRegister(static state => ((WireConnection)state!).Drain(), this);
        await GuardAsync(ServeAsync);
    }

    /// <summary>Answers a peer that is not served.</summary>
    public Task RefuseAsync(int code, string message) => GuardAsync(async () =>
    {
        await _output.AcquireAsync();
        _output.WriteRefusal(code, message);
        await _output.FlushAndReleaseAsync();
        await LingerAsync();
    });

    /// <summary>Called by the listener's timer.</summary>
    public void CheckDeadlines()
    {
        if (_output.Progress.IsTooSlow())
        {
            Abort("The peer takes its replies too slowly.");
            return;
        }

        switch (_deadlines.Check(_inFlight.Count - (_output.Streams?.Count ?? 0)))
        {
            case ConnectionVerdict.Close:
                _isClosing = true;
                _context.Transport.Input.CancelPendingRead();
                break;
            case ConnectionVerdict.Abort:
                Abort("A deadline of the connection has passed.");
                break;
        }
    }

    /// <summary>Ends the connection at once.</summary>
    public void Abort(string reason)
    {
        LogAborted(Serial, reason);
        _aborted.Cancel();
        _context.Abort(new ConnectionAbortedException(reason));
    }

    /// <summary>The host stops: what has arrived is answered, nothing more is read.</summary>
    private void Drain()
    {
        _mustLinger = true;
        _isClosing = true;
        _context.Transport.Input.CancelPendingRead();
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            LogBroken(Serial, e.Message);
        }
        catch (Exception e)
        {
            LogFault(Serial, e);
            _context.Abort();
        }
        finally
        {
            await _aborted.CancelAsync();
            _output.Streams?.Drop();
            await _output.DiscardLateAsync();
        }
    }

    private async Task ServeAsync()
    {
        var input = _context.Transport.Input;
        while (true)
        {
            _deadlines.BeginReading();
            var result = await input.ReadAsync(CancellationToken.None);
            _deadlines.EndReading();
            var rest = await AnswerAsync(result.Buffer);
            if (!_mustLinger && !result.IsCompleted && !_isClosing)
            {
                _deadlines.SetUnfinished(!rest.IsEmpty);
                input.AdvanceTo(rest.Start, rest.End);
                continue;
            }

            if (!rest.IsEmpty && !_mustLinger)
            {
                LogUnfinished(Serial, rest.Length);
            }

            input.AdvanceTo(rest.End);
            _output.Streams?.EndAll("the connection ends");
            await _inFlight.WaitBelowAsync(1);
            if (_mustLinger && !result.IsCompleted)
            {
                await LingerAsync();
            }

            return;
        }
    }

    /// <summary>Answers the complete requests of a buffer; returns what is left of it.</summary>
    private async ValueTask<ReadOnlySequence<byte>> AnswerAsync(ReadOnlySequence<byte> buffer)
    {
        var receivedAt = _time.GetTimestamp();
        var violation = WireViolation.None;
        await _output.AcquireAsync();
        try
        {
            while (violation == WireViolation.None && _frames.TryRead(ref buffer, out var json, out violation))
            {
                _deadlines.RequestArrived();
                _current.Take(in json);
                violation = _parser.Parse(_current.Text, out _current.Head);
                if (violation == WireViolation.None)
                {
                    await HandleAsync(receivedAt);
                }
            }

            if (violation != WireViolation.None)
            {
                LogViolation(Serial, violation);
                var code = violation == WireViolation.TooLarge ? ReplyCode.TooLarge : ReplyCode.Malformed;
                _output.WriteRefusal(code, Refusals.Of(violation));
                _mustLinger = true;
                buffer = buffer.Slice(buffer.End);
            }
        }
        finally
        {
            await _output.FlushAndReleaseAsync();
        }

        return buffer;
    }

    private ValueTask HandleAsync(long receivedAt)
    {
        ref var head = ref _current.Head;
        var refusal = head.InvalidField != RequestField.None
            ? ServiceReply.Failure(ReplyCode.Malformed, Refusals.Of(head.InvalidField))
            : head.Id.Length != 0 && _inFlight.HasId(_current)
                ? ServiceReply.Failure(ReplyCode.Conflict, "a request with this id waits for its reply")
                : default;
        _mustLinger |= !head.HasId;
        if (refusal.Code != ReplyCode.Ok)
        {
            _current.Reply = refusal;
            return _output.WriteAsync(_current);
        }

        var reply = CallService(receivedAt);
        if (!reply.IsCompletedSuccessfully)
        {
            return head.HasId ? AnswerLaterAsync(reply) : AnswerInTurnAsync(reply);
        }

        _current.Reply = reply.GetAwaiter().GetResult();
        if (_current.Reply.Order is { } order)
        {
            Obey(order);
        }

        return _current.Reply.Order is BeginStream ? StartStream() : _output.WriteAsync(_current);
    }

    private ValueTask<ServiceReply> CallService(long receivedAt)
    {
        ref var head = ref _current.Head;
        var expires = receivedAt + (head.TimeToLiveMs * _time.TimestampFrequency / 1000);
        if (head.RequestId.Length == 0)
        {
            return _router.HandleAsync(
                head.Service, new ServiceRequest(_current.Data, head.HasId, null, expires), _aborted.Token);
        }

        var requestId = JsonText.Decode(head.RequestId.Of(_current.Text));
        ValueTask<ServiceReply> reply;

        // The scope ends here for this thread; what the service has begun keeps it.
        using (_logger.BeginScope(new LogScope(LogNames.RequestId, requestId)))
        {
            reply = _router.HandleAsync(
                head.Service, new ServiceRequest(_current.Data, head.HasId, requestId, expires), _aborted.Token);
        }

        return reply;
    }

    /// <summary>Does what a service wants of the streams; the reply says how that went.</summary>
    private void Obey(StreamOrder order)
    {
        var refusal = order switch
        {
            EndStream end when _output.Streams?.TryEnd(end.Id) != true => ServiceReply.Failure(ReplyCode.NotFound, $"of: there is no subscription '{end.Id}'"),
            BeginStream when !_current.Head.HasId => ServiceReply.Failure(ReplyCode.Malformed, "id: a request whose replies follow each other needs one"),
            BeginStream when _output.Streams?.Count >= ReplyStreams.Most => ServiceReply.Failure(ReplyCode.Busy, $"{ReplyStreams.Most} subscriptions are open already"),
            _ => default,
        };
        if (refusal.Code != ReplyCode.Ok)
        {
            (order as BeginStream)?.Stream.End(refusal.Code, refusal.Message);
            _current.Reply = refusal;
        }
    }

    /// <summary>The request stays in flight; its replies leave with those of others.</summary>
    private ValueTask StartStream()
    {
        var (request, stream) = (_current, ((BeginStream)_current.Reply.Order!).Stream);
        _current = _inFlight.Rent();
        _inFlight.Add(request);
        var streams = _output.Streams ??= new ReplyStreams(_inFlight, () => _ = GuardSendAsync());
        streams.Add(request, stream);
        if (_isClosing || _aborted.IsCancellationRequested)
        {
            stream.End(ReplyCode.NotReady, "the connection ends");
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Lets the reply come when it comes; at the limit of such requests nothing more is read.</summary>
    private async ValueTask AnswerLaterAsync(ValueTask<ServiceReply> reply)
    {
        var request = _current;
        _current = _inFlight.Rent();
        _inFlight.Add(request);
        _ = SendLaterAsync(request, reply);
        if (_inFlight.Count >= _options.MaxInFlight)
        {
            await _output.FlushAndReleaseAsync();
            await _inFlight.WaitBelowAsync(_options.MaxInFlight);
            await _output.AcquireAsync();
        }
    }

    /// <summary>Replies without id keep the order of their requests.</summary>
    private async ValueTask AnswerInTurnAsync(ValueTask<ServiceReply> reply)
    {
        await _output.FlushAndReleaseAsync();
        _current.Reply = await reply;
        await _output.AcquireAsync();
        await _output.WriteAsync(_current);
    }

    /// <summary>Never throws; the table of requests in flight owns it until it ends.</summary>
    private async Task SendLaterAsync(PendingRequest request, ValueTask<ServiceReply> reply)
    {
        request.Reply = await reply;
        await GuardLateAsync(request);
    }

    private async ValueTask GuardLateAsync(PendingRequest request)
    {
        try
        {
            await _output.SendLateAsync(request);
            _deadlines.Replied();
        }
        catch (Exception e)
        {
            await GiveUpAsync(e);
        }
    }

    /// <summary>Never throws; whoever fills a stream goes on.</summary>
    private async Task GuardSendAsync()
    {
        try
        {
            await _output.SendLateAsync();
            _deadlines.Replied();
        }
        catch (Exception e)
        {
            await GiveUpAsync(e);
        }
    }

    private ValueTask GiveUpAsync(Exception reason)
    {
        Abort($"A reply could not be sent: {reason.Message}");
        _output.Streams?.Drop();
        return _output.DiscardLateAsync();
    }

    /// <summary>
    /// Ends the sending direction and discards what still comes: closing with unread bytes would make the system reset the
    /// connection and the peer lose the reply.
    /// </summary>
    private async Task LingerAsync()
    {
        _table.MoveToLingering(this)?.Abort("Too many connections linger.");
        _deadlines.BeginLinger();
        await _output.FinishAsync(_context);
        var input = _context.Transport.Input;
        var discarded = 0L;
        while (discarded <= _options.MaxLingerBytes)
        {
            var result = await input.ReadAsync(CancellationToken.None);
            discarded += result.Buffer.Length;
            input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    [LoggerMessage(2011, LogLevel.Information, "Connection {Serial} was aborted: {Reason}")]
    private partial void LogAborted(long serial, string reason);

    [LoggerMessage(2012, LogLevel.Debug, "Connection {Serial} broke: {Reason}")]
    private partial void LogBroken(long serial, string reason);

    [LoggerMessage(2013, LogLevel.Error, "Connection {Serial} failed")]
    private partial void LogFault(long serial, Exception exception);

    [LoggerMessage(2014, LogLevel.Warning, "Connection {Serial} ended with {Bytes} bytes of an unfinished request")]
    private partial void LogUnfinished(long serial, long bytes);

    [LoggerMessage(2016, LogLevel.Warning, "Connection {Serial} broke the grammar: {Violation}")]
    private partial void LogViolation(long serial, WireViolation violation);
}
