using MaoTrade.Market.Frames;

namespace MaoApi.MarketData;

/// <summary>
/// Bars of a longer time frame from stored ones of a shorter, by the rule of <see cref="FrameAggregator"/>: open of the first, highest high,
/// lowest low, close of the last, sum of the volumes. A bar is all of its time that is stored, also what lies after the moment asked for, as
/// if it were stored itself. One block of the shorter bars at a time is in memory. Thread-safe.
/// </summary>
internal sealed class RollUp(BarBlocks blocks)
{
    /// <summary>The last bars of a span, ascending.</summary>
    /// <param name="tickerKey">The ticker.</param>
    /// <param name="series">The shorter bars; those of the same length come as they are.</param>
    /// <param name="timeFrameSeconds">Length of the bars wanted.</param>
    /// <param name="from">First start, Unix seconds.</param>
    /// <param name="to">Last start, Unix seconds.</param>
    /// <param name="most">At most so many, the latest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<Frame>> LastAsync(
        int tickerKey, StoredSeries series, int timeFrameSeconds, long from, long to, int most, CancellationToken cancellationToken)
    {
        var key = new SeriesKey(tickerKey, series.TimeFrameSeconds);
        var isRolledUp = series.TimeFrameSeconds != timeFrameSeconds;
        var latestFirst = new List<Frame>();
        var spans = await blocks.SpansAsync(key, series.Version, cancellationToken);
        for (var i = spans.Count - 1; i >= 0; i--)
        {
            if (StartOf(spans[i].StartFrame) > to)
            {
                continue;
            }

            var bars = await blocks.ReadAsync(key, spans[i], cancellationToken);
            for (var at = bars.Length - 1; at >= 0; at--)
            {
                var start = StartOf(bars[at].UnixSeconds);
                if (latestFirst.Count > 0 && latestFirst[^1].UnixSeconds == start)
                {
                    latestFirst[^1] = FrameAggregator.Merge(bars[at] with { UnixSeconds = start }, latestFirst[^1]);
                }
                else if (start < from || latestFirst.Count == most)
                {
                    latestFirst.Reverse();
                    return latestFirst;
                }
                else if (start <= to)
                {
                    latestFirst.Add(bars[at] with { UnixSeconds = start });
                }
            }
        }

        latestFirst.Reverse();
        return latestFirst;

        long StartOf(long unixSeconds) => isRolledUp ? FrameAggregator.StartOf(unixSeconds, timeFrameSeconds) : unixSeconds;
    }
}
