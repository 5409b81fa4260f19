using System.Runtime.InteropServices;
using MaoApi.Data.History;
using MaoTrade.Market.Frames;

namespace MaoApi.MarketData;

/// <summary>The bars of a ticker in one length.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SeriesKey(int TickerKey, int TimeFrameSeconds)
{
    public long BlockOf(Frame bar) => BarBlockFormat.BlockOf(bar.UnixSeconds, TimeFrameSeconds);

    /// <summary>A block of bars as it is stored.</summary>
    public BarBlock Block(long number, IReadOnlyList<Frame> bars, long revision) => new()
    {
        TickerKey = TickerKey,
        TimeFrameSeconds = TimeFrameSeconds,
        Block = number,
        StartFrame = bars[0].UnixSeconds,
        EndFrame = bars[^1].UnixSeconds,
        Count = bars.Count,
        Revision = revision,
        Bars = BarBlockFormat.Encode(bars),
    };
}
