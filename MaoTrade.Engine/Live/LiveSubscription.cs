using MaoTrade.Engine.Server;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Live;

/// <summary>
/// One subscriber: what waits for it is bounded, and one that falls behind is ended with 429. The live loop fills it, a
/// connection empties it.
/// </summary>
public sealed class LiveSubscription : IReplyStream
{
    /// <summary>Most changes that wait, beside those it begins with.</summary>
    public const int MostWaiting = 1_000;

    /// <summary>Most bytes that wait.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private readonly Action<LiveSubscription> _left;
    private Action? _wake;
    private StreamedReply? _last;
    private long _bytes;
    private int _limit = MostWaiting;
    private bool _isOver;

    internal LiveSubscription(LiveWish wish, Action<LiveSubscription> left)
    {
        Wish = wish;
        _left = left;
    }

    internal LiveWish Wish { get; }

    /// <summary>Whether nothing more is to be offered. By the live loop.</summary>
    internal bool IsOver
    {
        get
        {
            lock (_lock)
            {
                return _isOver;
            }
        }
    }

    public void Start(Action wake)
    {
        lock (_lock)
        {
            _wake = wake;
        }
    }

    public bool TryTake(out StreamedReply reply)
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var data))
            {
                _bytes -= data.Length;
                reply = new StreamedReply(ReplyCode.Ok, "", data, More: true);
                return true;
            }

            reply = _last ?? default;
            _last = null;
            return reply.Message is not null;
        }
    }

    public void End(int code, string message)
    {
        Action? wake;
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            _waiting.Clear();
            _bytes = 0;
            _last = new StreamedReply(code, message, default, More: false);
            wake = _wake;
        }

        _left(this);
        wake?.Invoke();
    }

    /// <summary>What it begins with; does not count as waiting.</summary>
    internal void OfferFirst(ReadOnlyMemory<byte> data)
    {
        lock (_lock)
        {
            _limit++;
        }

        Offer(data);
    }

    /// <summary>Takes a change; one too many ends the subscription.</summary>
    internal void Offer(ReadOnlyMemory<byte> data)
    {
        bool fits;
        Action? wake;
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            fits = _waiting.Count < _limit && _bytes + data.Length <= MostBytes;
            if (fits)
            {
                _waiting.Enqueue(data);
                _bytes += data.Length;
            }

            wake = _wake;
        }

        if (fits)
        {
            wake?.Invoke();
        }
        else
        {
            End(ReplyCode.Busy, $"{MostWaiting} changes wait already: too slow");
        }
    }
}
