using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers.Paper.Prices;

/// <summary>Recorded bars, held in memory in the order of time; the sides lie apart because most data has none.</summary>
internal sealed class ReplayInstrument(Frame[] frames, (Quote Bid, Quote Ask)[] sides) : PaperInstrument
{
    public override long First => frames[0].UnixSeconds;

    private QuotedFrame this[int at] =>
        sides.Length == 0 ? new QuotedFrame(frames[at], null, null) : new QuotedFrame(frames[at], sides[at].Bid, sides[at].Ask);

    protected override bool TryBar(long from, out QuotedFrame bar)
    {
        var at = IndexFrom(from);
        bar = at < frames.Length ? this[at] : default;
        return at < frames.Length;
    }

    protected override bool TryBarBefore(long before, out QuotedFrame bar)
    {
        var at = IndexFrom(before) - 1;
        bar = at >= 0 ? this[at] : default;
        return at >= 0;
    }

    private int IndexFrom(long from)
    {
        int low = 0, high = frames.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (frames[middle].UnixSeconds < from)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
