using System.Buffers;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server;

/// <summary>The streams of one connection. Written out by the owner of its output, a piece with each flush. Safe from any thread.</summary>
internal sealed class ReplyStreams(InFlightRequests inFlight, Action wake)
{
    /// <summary>Most streams of a connection.</summary>
    public const int Most = 16;

    /// <summary>Bytes written between two flushes: what waits stays in the streams, which are bounded.</summary>
    private const int PieceBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly List<(PendingRequest Request, IReplyStream Stream)> _streams = [];
    private int _next;
    private volatile bool _hasWaiting;

    /// <summary>Whether replies may wait.</summary>
    public bool HasWaiting => _hasWaiting;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _streams.Count;
            }
        }
    }

    public void Add(PendingRequest request, IReplyStream stream)
    {
        lock (_lock)
        {
            _streams.Add((request, stream));
        }

        _hasWaiting = true;
        stream.Start(Wake);
    }

    /// <summary>Ends the stream of a request; false when there is none of that id.</summary>
    public bool TryEnd(string id)
    {
        IReplyStream? found;
        lock (_lock)
        {
            found = _streams.Find(entry => JsonText.Decode(entry.Request.Id) == id).Stream;
        }

        found?.End(ReplyCode.Ok, "");
        return found is not null;
    }

    /// <summary>Ends all of them; their last replies wait to be sent.</summary>
    public void EndAll(string message)
    {
        foreach (var (_, stream) in Copy())
        {
            stream.End(ReplyCode.NotReady, message);
        }
    }

    /// <summary>The connection is gone: nothing is sent any more.</summary>
    public void Drop()
    {
        foreach (var (request, stream) in Copy())
        {
            stream.End(ReplyCode.NotReady, "the connection is closed");
            Remove(request);
        }
    }

    /// <summary>Writes some of what waits, each stream in its turn; the caller owns the output.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        if (!_hasWaiting)
        {
            return;
        }

        _hasWaiting = false;
        var streams = Copy();
        var left = PieceBytes;
        for (var i = 0; i < streams.Length && left > 0; i++)
        {
            var (request, stream) = streams[(_next + i) % streams.Length];
            while (left > 0 && stream.TryTake(out var reply))
            {
                ReplyWriter.WriteStreamed(output, reply.Code, reply.Message, reply.Data.Span, request.Id, reply.More);
                left -= reply.Data.Length + request.Id.Length + ReplyWriter.EnvelopeBytes;
                if (!reply.More)
                {
                    Remove(request);
                    break;
                }
            }
        }

        _next = (_next + 1) & 0xFFFF;
        _hasWaiting |= left <= 0;
    }

    private void Wake()
    {
        _hasWaiting = true;
        wake();
    }

    private void Remove(PendingRequest request)
    {
        int removed;
        lock (_lock)
        {
            removed = _streams.RemoveAll(entry => entry.Request == request);
        }

        if (removed > 0)
        {
            inFlight.Remove(request);
        }
    }

    private (PendingRequest Request, IReplyStream Stream)[] Copy()
    {
        lock (_lock)
        {
            return [.. _streams];
        }
    }
}
