using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Protocol.Client;

/// <summary>
/// Many requests in flight on one connection whose peer echoes ids. One loop reads. Callers write into a shared buffer;
/// what gathers while a send is under way leaves with the next one.
/// </summary>
internal sealed class PipelinedConnection : IThreadPoolWorkItem, IAsyncDisposable
{
    private const int MaxUnsentBytes = 8 * 1024 * 1024;
    private const int KeepBufferBytes = 256 * 1024;

    private readonly WireConnection _connection;
    private readonly Action<int> _dropped;
    private readonly Func<ulong> _nextId;
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, PendingCall> _calls = [];
    private readonly List<(ulong Id, ProxyReply Reply)> _arrived = [];
    private readonly List<Match> _matched = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action _resume;
    private ValueTaskAwaiter<ReadResult> _read;
    private ArrayBufferWriter<byte> _filling = new(4096);
    private ArrayBufferWriter<byte> _sending = new(4096);
    private bool _isSending;
    private bool _isClosed;
    private ulong _lastId;
    private ulong _handedOver;
    private long _sendingSince;
    private long _receivedAt;

    public PipelinedConnection(WireConnection connection, Func<ulong> nextId, Action<int> dropped)
    {
        _connection = connection;
        _dropped = dropped;
        _nextId = nextId;
        _receivedAt = connection.Time.GetTimestamp();
        _resume = Resume;
        Read(default);
    }

    /// <summary>Whether requests can still be started.</summary>
    public bool IsOpen => !Volatile.Read(ref _isClosed);

    /// <summary>Starts a request; null when the connection is closed or too much is in flight.</summary>
    public PendingCall? TryStart(ProxyRequest request, TimeSpan deadline)
    {
        var call = PendingCall.Rent();
        call.MaxPayloadBytes = Math.Min(request.MaxPayloadBytes, JsonPayload.MaxBytes);
        call.DeadlineTimestamp = _connection.Time.GetTimestamp() + Ticks(deadline);
        bool isAlone;
        lock (_lock)
        {
            if (_isClosed || _calls.Count >= _connection.Options.MaxInFlight || _filling.WrittenCount > MaxUnsentBytes)
            {
                return null;
            }

            call.Id = _lastId = _nextId();
            RequestWriter.Write(_filling, request.Service, request.Data.Span, call.Id, request.RequestId, request.TimeToLiveMs);
            _calls.Add(call.Id, call);
            if (_isSending)
            {
                return call;
            }

            _isSending = true;
            isAlone = _calls.Count == 1;
        }

        // Alone, the request leaves on this thread; in company the send is queued, so that others may join it.
        if (isAlone)
        {
            Execute();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return call;
    }

    /// <summary>Gives up a call; false when its reply is there already.</summary>
    public bool TryAbandon(ulong id, ProxyReply reply)
    {
        PendingCall? call;
        lock (_lock)
        {
            if (!_calls.Remove(id, out call))
            {
                return false;
            }

            call.Sent = id <= _handedOver;
        }

        call.Complete(reply);
        return true;
    }

    /// <summary>Ends calls whose time is over, and the connection when it is idle, stuck or dead.</summary>
    public void Sweep()
    {
        var now = _connection.Time.GetTimestamp();
        List<ulong>? overdue = null;
        var isDead = false;
        lock (_lock)
        {
            foreach (var (id, call) in _calls)
            {
                if (now >= call.DeadlineTimestamp)
                {
                    (overdue ??= []).Add(id);
                }
            }

            var isIdle = _calls.Count == 0 && Elapsed(_receivedAt, now) >= _connection.Options.IdleTimeout;
            var isStuck = _sendingSince != 0 && Elapsed(_sendingSince, now) >= _connection.Options.StallTimeout;
            isDead = isIdle || isStuck;
        }

        foreach (var id in overdue ?? [])
        {
            // An engine that was silent as long as the call lasted is taken for gone.
            isDead |= TryAbandon(id, ProxyReply.Failure(ProxyResult.Timeout, "no reply within the time to live and its grace"))
                && Elapsed(_receivedAt, now) >= _connection.Options.ReplyGrace;
        }

        if (isDead)
        {
            Close(ProxyReply.Failure(ProxyResult.Read, "the connection was closed: it was idle or the engine silent"));
        }
    }

    /// <summary>Sends what has gathered, on a thread of the pool or of the only caller.</summary>
    public void Execute() => _ = SendAsync();

    public async ValueTask DisposeAsync()
    {
        Close(ProxyReply.Failure(ProxyResult.Read, "the proxy was closed"));
        await _ended.Task;
    }

    private static bool TryId(ref readonly ReplyFrame frame, out ulong id)
    {
        id = 0;
        var head = frame.Head;
        return head.HasId && ReplyIds.TryParse(head.Id.Of(frame.Json), out id);
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _connection.Time.TimestampFrequency);

    private TimeSpan Elapsed(long from, long to) => _connection.Time.GetElapsedTime(from, to);

    /// <summary>Never throws: what fails closes the connection, and with it every call.</summary>
    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                lock (_lock)
                {
                    if (_sending.Capacity > KeepBufferBytes)
                    {
                        _sending = new ArrayBufferWriter<byte>(4096);
                    }

                    _sending.ResetWrittenCount();
                    _sendingSince = 0;
                    if (_filling.WrittenCount == 0 || _isClosed)
                    {
                        _isSending = false;
                        return;
                    }

                    (_filling, _sending) = (_sending, _filling);
                    _handedOver = _lastId;
                    _sendingSince = _connection.Time.GetTimestamp() | 1;
                }

                await _connection.Stream.WriteAsync(_sending.WrittenMemory);
            }
        }
        catch (Exception e) when (WireConnection.IsNetworkFailure(e))
        {
            Close(Failures.Of(e));
        }
    }

    /// <summary>
    /// Reads on. The last reply of a buffer is handed to its caller on this thread, but only after the next read belongs to
    /// whichever thread its bytes come on: a caller saves a hop and never holds up the others.
    /// </summary>
    [SuppressMessage("Reliability", "CA2012", Justification = "Consumed once: here when it is complete, else by Resume.")]
    private void Read(Match last)
    {
        while (true)
        {
            ReadResult result;
            try
            {
                _read = _connection.Input.ReadAsync().GetAwaiter();
                if (!_read.IsCompleted)
                {
                    _read.UnsafeOnCompleted(_resume);
                    last.Call?.CompleteHere(last.Reply);
                    return;
                }

                last.Call?.Complete(last.Reply);
                last = default;
                result = _read.GetResult();
            }
            catch (Exception e) when (WireConnection.IsNetworkFailure(e))
            {
                last.Call?.Complete(last.Reply);
                _ = EndAsync(Failures.Of(e));
                return;
            }

            if (!TryTake(result, out last))
            {
                return;
            }
        }
    }

    private void Resume()
    {
        ReadResult result;
        try
        {
            result = _read.GetResult();
        }
        catch (Exception e) when (WireConnection.IsNetworkFailure(e))
        {
            _ = EndAsync(Failures.Of(e));
            return;
        }

        if (TryTake(result, out var last))
        {
            Read(last);
        }
    }

    /// <summary>Takes the replies out of a buffer; false when reading does not simply go on.</summary>
    private bool TryTake(ReadResult result, out Match last)
    {
        Volatile.Write(ref _receivedAt, _connection.Time.GetTimestamp());
        var step = Dispatch(result, out var payload, out var failure, out last);
        if (step == ReplyStep.NeedMore)
        {
            return true;
        }

        last.Call?.Complete(last.Reply);
        _ = step == ReplyStep.Payload
            ? ReadPayloadAndOnAsync(payload)
            : EndAsync(failure ?? ProxyReply.Failure(ProxyResult.Read, "the engine closed the connection"));
        return false;
    }

    private async Task ReadPayloadAndOnAsync(LongReply payload)
    {
        ProxyReply? failure;
        try
        {
            failure = await ReadPayloadAsync(payload);
        }
        catch (Exception e) when (WireConnection.IsNetworkFailure(e))
        {
            failure = Failures.Of(e);
        }

        if (failure is null)
        {
            Read(default);
        }
        else
        {
            await EndAsync(failure);
        }
    }

    private async Task EndAsync(ProxyReply reply)
    {
        Close(reply);
        await _connection.DisposeAsync();
        _ended.SetResult();
    }

    /// <summary>Completes the calls of every reply in the buffer, up to a payload.</summary>
    private ReplyStep Dispatch(ReadResult result, out LongReply payload, out ProxyReply? failure, out Match last)
    {
        payload = default;
        failure = null;
        var buffer = result.Buffer;
        while (true)
        {
            var step = _connection.Replies.Read(ref buffer, result.IsCompleted, out var frame);
            switch (step)
            {
                case ReplyStep.Plain:
                    _arrived.Add((TryId(in frame, out var plainId) ? plainId : 0, ProxyReply.From(in frame)));
                    continue;
                case ReplyStep.Payload:
                    TryId(in frame, out var id);
                    var type = JsonText.Decode(frame.Head.ContentType.Of(frame.Json));
                    payload = new LongReply(id, ProxyReply.From(in frame), frame.PayloadBytes, type);
                    break;
                case ReplyStep.Violation:
                    failure = Failures.Of(frame.Violation, buffer.Length);
                    break;
            }

            _connection.Input.AdvanceTo(buffer.Start, step == ReplyStep.NeedMore ? buffer.End : buffer.Start);
            last = Deliver();
            return step;
        }
    }

    /// <summary>Completes the calls of all replies of a buffer but the last, which it returns; ids are never 0.</summary>
    private Match Deliver()
    {
        lock (_lock)
        {
            foreach (var (id, reply) in _arrived)
            {
                if (_calls.Remove(id, out var call))
                {
                    _matched.Add(new Match(call, reply));
                }
            }
        }

        if (_matched.Count < _arrived.Count)
        {
            _dropped(_arrived.Count - _matched.Count);
        }

        for (var i = 0; i < _matched.Count - 1; i++)
        {
            _matched[i].Call!.Complete(_matched[i].Reply);
        }

        var last = _matched.Count == 0 ? default : _matched[^1];
        _arrived.Clear();
        _matched.Clear();
        return last;
    }

    /// <summary>Reads a long reply's JSON; anything else is nothing a caller of this connection asked for.</summary>
    private async ValueTask<ProxyReply?> ReadPayloadAsync(LongReply payload)
    {
        long limit;
        lock (_lock)
        {
            limit = _calls.TryGetValue(payload.Id, out var waiting) ? waiting.MaxPayloadBytes : JsonPayload.MaxBytes;
        }

        var failure = payload.SizeBytes > limit
            ? ProxyReply.Failure(ProxyResult.TooLarge, $"a payload of {payload.SizeBytes} bytes is over the limit of {limit}")
            : !string.Equals(payload.ContentType, "application/json", StringComparison.OrdinalIgnoreCase)
                ? ProxyReply.Failure(ProxyResult.Protocol, $"the engine sent a payload of {payload.SizeBytes} bytes nobody asked for")
                : null;
        var reply = failure ?? await JsonPayload.ReadAsync(_connection, payload.SizeBytes, payload.Head, CancellationToken.None);
        if (TryTake(payload.Id, out var call))
        {
            call.Complete(reply);
        }
        else
        {
            _dropped(1);
        }

        return failure;
    }

    private bool TryTake(ulong id, [MaybeNullWhen(false)] out PendingCall call)
    {
        lock (_lock)
        {
            return _calls.Remove(id, out call);
        }
    }

    private void Close(ProxyReply reply)
    {
        List<PendingCall> calls;
        lock (_lock)
        {
            _isClosed = true;
            calls = [.. _calls.Values];
            _calls.Clear();
            foreach (var call in calls)
            {
                call.Sent = call.Id <= _handedOver;
            }
        }

        _connection.Abort();
        foreach (var call in calls)
        {
            call.Complete(reply);
        }
    }

    /// <summary>A call and the reply it waits for.</summary>
    private readonly record struct Match(PendingCall? Call, ProxyReply Reply);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct LongReply(ulong Id, ProxyReply Head, uint SizeBytes, string ContentType);
}
