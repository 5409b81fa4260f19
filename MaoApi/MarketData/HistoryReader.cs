using MaoApi.Data.History;

namespace MaoApi.MarketData;

/// <summary>Bars back from a moment, as they are stored or rolled up from shorter ones. Thread-safe.</summary>
internal sealed class HistoryReader(BarBlocks blocks, RollUp rollUp)
{
    /// <summary>So many blocks are read before the answer begins, so that one that was written anew meanwhile can be looked at anew.</summary>
    private const int MostLookedAt = 16;

    /// <summary>The last bars that begin at a moment or before.</summary>
    /// <param name="ticker">The ticker.</param>
    /// <param name="series">What is stored, <see cref="StoredTicker.For"/>.</param>
    /// <param name="timeFrameSeconds">Length of the bars wanted.</param>
    /// <param name="to">The moment, Unix seconds.</param>
    /// <param name="wanted">How many.</param>
    /// <param name="shape">How they are to stand in the answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HistoryStretch> LastAsync(
        StoredTicker ticker, StoredSeries series, int timeFrameSeconds, long to, int wanted, BarShape shape, CancellationToken cancellationToken) =>
        series.TimeFrameSeconds == timeFrameSeconds
            ? await StoredAsync(new SeriesKey(ticker.Key, timeFrameSeconds), series.Version, to, wanted, shape, cancellationToken)
            : await RolledUpAsync(ticker, series, timeFrameSeconds, to, wanted, shape, cancellationToken);

    private async Task<HistoryStretch> StoredAsync(
        SeriesKey key, long version, long to, int wanted, BarShape shape, CancellationToken cancellationToken)
    {
        while (true)
        {
            var spans = await blocks.SpansAsync(key, version, cancellationToken);
            if (await StoredAsync(key, spans, to, wanted, shape, cancellationToken) is { } stretch)
            {
                return stretch;
            }

            // A writer was between the spans and their bars: they are looked at anew.
            version = BarBlocks.NoVersion;
        }
    }

    private async Task<HistoryStretch?> StoredAsync(
        SeriesKey key, IReadOnlyList<BlockSpan> spans, long to, int wanted, BarShape shape, CancellationToken cancellationToken)
    {
        var pieces = new List<HistoryPiece>();
        var count = 0;
        for (var i = spans.Count - 1; i >= 0 && count < wanted; i--)
        {
            var span = spans[i];
            if (span.StartFrame > to)
            {
                continue;
            }

            var end = span.Count;
            if (span.EndFrame > to || pieces.Count < MostLookedAt)
            {
                if (await blocks.TextAsync(key, span, shape, cancellationToken) is not { } text)
                {
                    return null;
                }

                end = text.CountTo(to);
            }

            var begin = Math.Max(0, end - (wanted - count));
            count += end - begin;
            pieces.Add(new HistoryPiece(cancel => blocks.TextAsync(key, span, shape, cancel), begin, end));
        }

        pieces.Reverse();
        return new HistoryStretch(count, pieces);
    }

    private async Task<HistoryStretch> RolledUpAsync(
        StoredTicker ticker, StoredSeries series, int timeFrameSeconds, long to, int wanted, BarShape shape, CancellationToken cancellationToken)
    {
        var bars = await rollUp.LastAsync(ticker.Key, series, timeFrameSeconds, long.MinValue, to, wanted, cancellationToken);
        var pieces = bars.Chunk(BarBlockFormat.BarsPerBlock)
            .Select(part => new HistoryPiece(_ => ValueTask.FromResult<BarText?>(BarText.Of(part, shape)), 0, part.Length));
        return new HistoryStretch(bars.Count, [.. pieces]);
    }
}
