using System.Runtime.CompilerServices;
using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Market.Frames;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.MarketData;

/// <summary>A stretch of stored bars that is there and can be read, block by block.</summary>
/// <param name="Symbol">Of the ticker.</param>
/// <param name="TickerKey">The ticker.</param>
/// <param name="TimeFrameSeconds">Length of a bar.</param>
/// <param name="FirstFrame">Unix seconds of the first bar.</param>
/// <param name="LastFrame">Unix seconds of the last bar.</param>
internal sealed record HistoryStretch(string Symbol, int TickerKey, int TimeFrameSeconds, long FirstFrame, long LastFrame);

/// <summary>Market history in the store. However much is asked for, one block of bars at a time is in memory. Thread-safe.</summary>
internal sealed class StoredHistory(IDbContextFactory<MaoDataContext> histories, IDbContextFactory<MaoHomeContext> homes)
{
    /// <summary>The ticker of that symbol; null where there is none.</summary>
    public async Task<Ticker?> FindAsync(string symbol, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        return await history.Tickers.AsNoTracking()
            .SingleOrDefaultAsync(ticker => ticker.Symbol == symbol && ticker.IsEnabled, cancellationToken);
    }

    /// <summary>The ticker that tells the prices of an epic; null where none is written down.</summary>
    public async Task<Ticker?> FindByEpicAsync(string epic, CancellationToken cancellationToken)
    {
        await using var home = await homes.CreateDbContextAsync(cancellationToken);
        var key = await home.Symbols.AsNoTracking().Where(symbol => symbol.Epic == epic && symbol.IsEnabled)
            .Join(
                home.SymbolTickers.Where(link => link.IsEnabled),
                symbol => symbol.DataEpic ?? symbol.Epic,
                link => link.DataEpic,
                (symbol, link) => (int?)link.TickerKey)
            .FirstOrDefaultAsync(cancellationToken);
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        return key is null
            ? null
            : await history.Tickers.AsNoTracking().SingleOrDefaultAsync(ticker => ticker.Id == key && ticker.IsEnabled, cancellationToken);
    }

    /// <summary>The time frames a ticker is stored in, seconds, ascending.</summary>
    public async Task<IReadOnlyList<int>> TimeFramesAsync(int tickerKey, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        return await history.BarBlocks.AsNoTracking().Where(block => block.TickerKey == tickerKey)
            .Select(block => block.TimeFrameSeconds).Distinct().OrderBy(seconds => seconds).ToListAsync(cancellationToken);
    }

    /// <summary>The last so many bars up to a moment, and how many there are of them.</summary>
    public async Task<(HistoryStretch? Stretch, int Count)> LastAsync(
        Ticker ticker, int timeFrameSeconds, long to, int wanted, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var blocks = history.BarBlocks.AsNoTracking()
            .Where(block => block.TickerKey == ticker.Id && block.TimeFrameSeconds == timeFrameSeconds && block.StartFrame <= to)
            .OrderByDescending(block => block.Block);
        var (count, first, last) = (0, 0L, 0L);
        await foreach (var block in blocks.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var bars = BarBlockFormat.Decode(block.Bars);
            for (var i = bars.Length - 1; i >= 0 && count < wanted; i--)
            {
                if (bars[i].UnixSeconds <= to)
                {
                    first = bars[i].UnixSeconds;
                    last = count++ == 0 ? first : last;
                }
            }

            if (count == wanted)
            {
                break;
            }
        }

        return (count == 0 ? null : new HistoryStretch(ticker.Symbol, ticker.Id, timeFrameSeconds, first, last), count);
    }

    /// <summary>The bars of a stretch, ascending, a block at a time.</summary>
    public async IAsyncEnumerable<ArraySegment<Frame>> ReadAsync(
        HistoryStretch stretch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var blocks = history.BarBlocks.AsNoTracking()
            .Where(block => block.TickerKey == stretch.TickerKey && block.TimeFrameSeconds == stretch.TimeFrameSeconds
                && block.EndFrame >= stretch.FirstFrame && block.StartFrame <= stretch.LastFrame)
            .OrderBy(block => block.Block);
        await foreach (var block in blocks.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var bars = BarBlockFormat.Decode(block.Bars);
            var begin = Array.FindIndex(bars, bar => bar.UnixSeconds >= stretch.FirstFrame);
            var end = Array.FindLastIndex(bars, bar => bar.UnixSeconds <= stretch.LastFrame);
            if (begin >= 0 && end >= begin)
            {
                yield return new ArraySegment<Frame>(bars, begin, end - begin + 1);
            }
        }
    }
}
