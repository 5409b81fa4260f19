using System.Runtime.InteropServices;
using MaoTrade.Market.Frames;

namespace MaoApi.MarketData;

/// <summary>Bars that follow one another and are not there.</summary>
/// <param name="From">Start of the first, Unix seconds.</param>
/// <param name="To">Start of the last, Unix seconds.</param>
/// <param name="Missing">How many.</param>
internal sealed record HistoryGap(long From, long To, int Missing);

/// <summary>
/// What is missing between the first and the last bar of a series. There is no trading calendar: the week is learned from the bars, and a
/// place in it (a weekday, or a time of a weekday) counts as open when most weeks have a bar there. Nights and weekends are no gaps therefore;
/// holidays are, and so is the hour a market opens later in the other half of the year. Thread-safe.
/// </summary>
internal sealed class HistoryGaps(BarBlocks blocks)
{
    public async Task<List<HistoryGap>> FindAsync(int tickerKey, StoredSeries series, CancellationToken cancellationToken)
    {
        var timeFrame = series.TimeFrameSeconds;
        var key = new SeriesKey(tickerKey, timeFrame);
        var spans = await blocks.SpansAsync(key, series.Version, cancellationToken);
        var isOpen = new Func<long, bool>(_ => true);
        if (TimeFrames.Week % timeFrame == 0 && timeFrame <= TimeFrames.Day)
        {
            var seen = new int[TimeFrames.Week / timeFrame];
            foreach (var span in spans)
            {
                foreach (var bar in await blocks.ReadAsync(key, span, cancellationToken))
                {
                    seen[Slot(bar.UnixSeconds)]++;
                }
            }

            var weeks = ((series.EndFrame - series.StartFrame) / TimeFrames.Week) + 1;
            isOpen = start => seen[Slot(start)] * 2L > weeks;
        }

        var gaps = new List<HistoryGap>();
        long? last = null;
        foreach (var span in spans)
        {
            foreach (var bar in await blocks.ReadAsync(key, span, cancellationToken))
            {
                Between(last, bar.UnixSeconds);
                last = bar.UnixSeconds;
            }
        }

        return gaps;

        int Slot(long unixSeconds) => (int)((unixSeconds - FrameAggregator.StartOf(unixSeconds, TimeFrames.Week)) / timeFrame);

        void Between(long? before, long next)
        {
            // Bars may begin a little before or after the clock's even time; half a bar is no missing one.
            var open = false;
            for (var start = (before ?? next) + timeFrame; start < next - (timeFrame / 2); start += timeFrame)
            {
                if (!isOpen(start))
                {
                    continue;
                }

                if (open)
                {
                    CollectionsMarshal.AsSpan(gaps)[^1] = new HistoryGap(gaps[^1].From, start, gaps[^1].Missing + 1);
                }
                else
                {
                    gaps.Add(new HistoryGap(start, start, 1));
                    open = true;
                }
            }
        }
    }
}
