using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers.Paper.Prices;

/// <summary>The prices of one epic, the same for every account and every run.</summary>
internal abstract class PaperInstrument
{
    /// <summary>Name of the instrument.</summary>
    public required string Epic { get; init; }

    /// <summary>Length of the shortest bars; multiples of it are served.</summary>
    public required int BaseSeconds { get; init; }

    /// <summary>Distance of bid and ask where the data has one price only and no other is configured.</summary>
    public decimal Spread { get; init; }

    /// <summary>Start of the first bar.</summary>
    public abstract long First { get; }

    /// <summary>The first base bar that starts at or after a moment; false behind the end.</summary>
    protected abstract bool TryBar(long from, out QuotedFrame bar);

    /// <summary>The last base bar that starts before a moment; false before the beginning.</summary>
    protected abstract bool TryBarBefore(long before, out QuotedFrame bar);

    /// <summary>
    /// The first candle with data at or after a moment. Candles of the base length keep the times of the data; longer ones
    /// are aligned to their multiple.
    /// </summary>
    public bool TryCandle(long from, int timeFrameSeconds, out QuotedFrame candle)
    {
        if (!TryBar(from, out candle) || timeFrameSeconds == BaseSeconds)
        {
            return candle != default;
        }

        var start = FrameAggregator.StartOf(candle.Frame.UnixSeconds, timeFrameSeconds);
        var last = candle.Frame.UnixSeconds;
        candle = candle with { Frame = candle.Frame with { UnixSeconds = start } };
        while (TryBar(last + 1, out var next) && next.Frame.UnixSeconds < start + timeFrameSeconds)
        {
            candle = FrameAggregator.Merge(candle, next);
            last = next.Frame.UnixSeconds;
        }

        return true;
    }

    /// <summary>The last candles that are closed at a moment, oldest first.</summary>
    public List<Frame> CandlesBefore(long end, int timeFrameSeconds, int count)
    {
        var candles = new List<Frame>(count);
        var before = timeFrameSeconds == BaseSeconds ? end : FrameAggregator.StartOf(end, timeFrameSeconds);
        while (candles.Count < count && TryBarBefore(before, out var bar))
        {
            var start = timeFrameSeconds == BaseSeconds
                ? bar.Frame.UnixSeconds
                : FrameAggregator.StartOf(bar.Frame.UnixSeconds, timeFrameSeconds);
            before = start;
            if (start + timeFrameSeconds <= end && TryCandle(start, timeFrameSeconds, out var candle))
            {
                candles.Add(candle.Frame);
            }
        }

        candles.Reverse();
        return candles;
    }
}
