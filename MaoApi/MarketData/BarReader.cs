using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Market.Frames;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.MarketData;

/// <summary>Reads stored bars of a ticker. Thread-safe.</summary>
internal sealed class BarReader(IDbContextFactory<MaoDataContext> histories)
{
    /// <summary>The last bars of a span, ascending; null where there is no such ticker.</summary>
    /// <param name="tickerKey">The ticker.</param>
    /// <param name="timeFrameSeconds">Length of a bar.</param>
    /// <param name="from">First start, Unix seconds.</param>
    /// <param name="to">Last start, Unix seconds.</param>
    /// <param name="most">At most so many, the latest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Frame>?> ReadAsync(
        int tickerKey, int timeFrameSeconds, long from, long to, int most, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        if (!await history.Tickers.AsNoTracking().AnyAsync(ticker => ticker.Id == tickerKey && ticker.IsEnabled, cancellationToken))
        {
            return null;
        }

        // Blocks come latest first, so that no more are read than the bars wanted fill.
        var bars = new List<Frame>();
        var blocks = history.BarBlocks.AsNoTracking()
            .Where(block => block.TickerKey == tickerKey && block.TimeFrameSeconds == timeFrameSeconds && block.EndFrame >= from && block.StartFrame <= to)
            .OrderByDescending(block => block.Block).AsAsyncEnumerable();
        await foreach (var block in blocks.WithCancellation(cancellationToken))
        {
            bars.InsertRange(0, BarBlockFormat.Decode(block.Bars).Where(bar => bar.UnixSeconds >= from && bar.UnixSeconds <= to));
            if (bars.Count >= most)
            {
                break;
            }
        }

        return bars.Count > most ? bars[^most..] : bars;
    }
}
