using MaoTrade.Engine.Brokers;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading.Feeds;

/// <summary>
/// How the frames of one signal come in: which of the broker's lengths they are made of, and what is still missing before
/// they may be taken. Owned by the trade loop.
/// </summary>
/// <param name="frameSeconds">Length of the signal's frames.</param>
/// <param name="mark">What the store holds; null in a new signal.</param>
public sealed class Feed(int frameSeconds, FeedMark? mark)
{
    private readonly int _frameSeconds = frameSeconds;

    /// <summary>Length of the frames the broker sends: the signal's own, or one that divides it.</summary>
    public int BaseSeconds { get; private set; } = frameSeconds;

    /// <summary>Whether the broker sends the signal's own frames, so that nothing is to be put together.</summary>
    public bool IsWhole => BaseSeconds == _frameSeconds;

    /// <summary>End of the last frame taken from the broker; frames that begin before it are repetitions.</summary>
    public long Until { get; private set; } = mark?.Until ?? long.MinValue;

    /// <summary>The candle that grows, when frames are put together.</summary>
    public Frame? Candle { get; private set; } = mark?.Candle;

    /// <summary>
    /// Candles put together that begin before it, Unix seconds, may lack frames: they began before the first frame that came, or frames are
    /// lost for good.
    /// </summary>
    public long WholeFrom { get; set; } = mark?.WholeFrom ?? long.MinValue;

    /// <summary>Whether the broker's history was asked for and the answer is stored.</summary>
    public bool HasHistory { get; set; } = mark is not null;

    /// <summary>Whether an answer about history is awaited; frames wait for it.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Frames that wait for the history before them.</summary>
    public Queue<FrameEvent> Waiting { get; } = new();

    /// <summary>Whether frames may be missing before the next one: the feed was interrupted.</summary>
    public bool AfterBreak { get; set; }

    /// <summary>Failed requests for market data in a row.</summary>
    public int Failures { get; set; }

    /// <summary>What is to be stored of it.</summary>
    public FeedMark Mark => new(Until, Candle, WholeFrom);

    /// <summary>What the store holds of it: nothing before history was asked for.</summary>
    public FeedMark? StoredMark => HasHistory ? Mark : null;

    /// <summary>Takes the broker's length of frames; a candle that grew goes on only if frames are still put together.</summary>
    public void Use(int baseSeconds)
    {
        BaseSeconds = baseSeconds;
        Candle = IsWhole ? null : Candle;
    }

    /// <summary>Whether a closed candle has all its frames.</summary>
    public bool IsWholeBar(in Frame candle) => IsWhole || candle.UnixSeconds >= WholeFrom;

    /// <summary>Goes on where the feed of another version of the system ends.</summary>
    public void TakeOver(Feed before)
    {
        Move(before.Until, before.Candle);
        Use(before.BaseSeconds);
        WholeFrom = before.WholeFrom;
        HasHistory = before.HasHistory;
        IsWaiting = before.IsWaiting;
        AfterBreak = before.AfterBreak;
        Failures = before.Failures;
        while (before.Waiting.TryDequeue(out var frame))
        {
            Waiting.Enqueue(frame);
        }
    }

    /// <summary>Notes a closed frame of the broker.</summary>
    public void Move(long until, Frame? candle)
    {
        Until = until;
        Candle = candle;
    }

    /// <summary>The growing candle is over.</summary>
    public void Close() => Candle = null;

    /// <summary>
    /// The longest of a broker's lengths that a signal's frames can be made of; null when there is none.
    /// </summary>
    /// <param name="offered">Lengths in seconds; empty = any.</param>
    /// <param name="frameSeconds">Length of the signal's frames.</param>
    public static int? BaseFor(IReadOnlyList<int> offered, int frameSeconds)
    {
        if (offered.Count == 0)
        {
            return frameSeconds;
        }

        var longest = offered.Where(seconds => FrameAggregator.Divides(seconds, frameSeconds)).DefaultIfEmpty().Max();
        return longest > 0 ? longest : null;
    }
}
