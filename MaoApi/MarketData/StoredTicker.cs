using MaoTrade.Market.Frames;

namespace MaoApi.MarketData;

/// <summary>A ticker and what is stored of it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Series">Its time frames, the shortest first.</param>
internal sealed record StoredTicker(int Key, string Symbol, IReadOnlyList<StoredSeries> Series)
{
    /// <summary>
    /// The stored bars a time frame is made of: its own, else the longest ones that divide it; null where there are none.
    /// </summary>
    public StoredSeries? For(int timeFrameSeconds) =>
        TimeFrames.IsValid(timeFrameSeconds)
            ? Series.LastOrDefault(series => FrameAggregator.Divides(series.TimeFrameSeconds, timeFrameSeconds))
            : null;
}

/// <summary>The bars of a ticker in one length.</summary>
/// <param name="TimeFrameSeconds">Length of a bar.</param>
/// <param name="StartFrame">Unix seconds of the first bar.</param>
/// <param name="EndFrame">Unix seconds of the last bar.</param>
/// <param name="Version">Another number, other bars.</param>
internal sealed record StoredSeries(int TimeFrameSeconds, long StartFrame, long EndFrame, long Version);
