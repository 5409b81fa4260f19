namespace MaoTrade.Market.Frames;

/// <summary>
/// Frames of a longer time frame from frames of a shorter one: open of the first, highest high, lowest low, sum of the
/// volumes, close of the last; aligned to multiples of the longer time frame since 1970-01-01T00:00:00Z.
/// </summary>
public static class FrameAggregator
{
    /// <summary>Start of the candle that holds a moment.</summary>
    public static long StartOf(long unixSeconds, int timeFrameSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timeFrameSeconds);
        var rest = unixSeconds % timeFrameSeconds;
        return unixSeconds - (rest < 0 ? rest + timeFrameSeconds : rest);
    }

    /// <summary>Whether frames of one length can be put together to frames of another.</summary>
    public static bool Divides(int baseSeconds, int timeFrameSeconds) =>
        baseSeconds > 0 && timeFrameSeconds >= baseSeconds && timeFrameSeconds % baseSeconds == 0;

    /// <summary>A candle and the frame that continues it; the start stays the candle's.</summary>
    public static Frame Merge(Frame candle, Frame next) => candle with
    {
        High = Math.Max(candle.High, next.High),
        Low = Math.Min(candle.Low, next.Low),
        Close = next.Close,
        Volume = candle.Volume + next.Volume,
    };

    /// <summary>The same with both sides; a side that one of the two lacks is unknown for the whole.</summary>
    public static QuotedFrame Merge(QuotedFrame candle, QuotedFrame next) => new(
        Merge(candle.Frame, next.Frame), Merge(candle.Bid, next.Bid), Merge(candle.Ask, next.Ask));

    /// <summary>
    /// Takes the next frame into the growing candle (null at the beginning). <paramref name="closed"/> is the former
    /// candle when <paramref name="next"/> begins a new one, else null. Frames must come in the order of time.
    /// </summary>
    public static Frame Add(Frame? growing, Frame next, int timeFrameSeconds, out Frame? closed)
    {
        var start = StartOf(next.UnixSeconds, timeFrameSeconds);
        if (growing is { } candle && candle.UnixSeconds == start)
        {
            closed = null;
            return Merge(candle, next);
        }

        if (growing is { } former && former.UnixSeconds > start)
        {
            throw new ArgumentException($"The frame {next.UnixSeconds} is older than the candle {former.UnixSeconds}.", nameof(next));
        }

        closed = growing;
        return next with { UnixSeconds = start };
    }

    /// <summary>All candles of a series, the last one too, even if more frames of it could follow.</summary>
    public static IEnumerable<Frame> Aggregate(IEnumerable<Frame> frames, int timeFrameSeconds)
    {
        Frame? growing = null;
        foreach (var frame in frames)
        {
            growing = Add(growing, frame, timeFrameSeconds, out var closed);
            if (closed is { } candle)
            {
                yield return candle;
            }
        }

        if (growing is { } last)
        {
            yield return last;
        }
    }

    private static Quote? Merge(Quote? candle, Quote? next) => candle is { } a && next is { } b ? a.Merge(b) : null;
}
