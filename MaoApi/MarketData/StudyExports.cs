using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Market.Frames;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.MarketData;

/// <summary>Tickers whose bars are the values of a study: each value a bar whose prices are all that value.</summary>
internal static class StudyExports
{
    /// <summary>
    /// The ticker a study is exported as, made where it is missing. Null where the symbol is that of another ticker; one that was exported
    /// by a study that is gone is taken over.
    /// </summary>
    public static async Task<Ticker?> EnsureAsync(
        MaoDataContext history, Study study, string symbol, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ticker = await history.Tickers.SingleOrDefaultAsync(row => row.Symbol == symbol, cancellationToken);
        var export = ticker is null ? null : await history.StudyExports.SingleOrDefaultAsync(row => row.TickerKey == ticker.Id, cancellationToken);
        if (ticker is not null && (ticker.Source != TickerSources.Study || (export is not null && export.StudyKey != study.Id)))
        {
            return null;
        }

        if (ticker is null)
        {
            ticker = new Ticker { Symbol = symbol, Name = name, Source = TickerSources.Study, IsEnabled = true, Created = now, Modified = now };
            history.Add(ticker);
        }
        else if (ticker.Name != name)
        {
            (ticker.Name, ticker.Modified) = (name, now);
        }

        await history.SaveChangesAsync(cancellationToken);
        if (export is null)
        {
            history.Add(new StudyExport { TickerKey = ticker.Id, StudyKey = study.Id });
            await history.SaveChangesAsync(cancellationToken);
        }

        return ticker;
    }

    /// <summary>The tickers a study is exported as.</summary>
    public static Task<List<int>> TickersAsync(MaoDataContext history, Study study, CancellationToken cancellationToken) =>
        history.StudyExports.Where(row => row.StudyKey == study.Id).Select(row => row.TickerKey).OrderBy(key => key).ToListAsync(cancellationToken);

    /// <summary>
    /// Makes the bars of an exported ticker those of the study, from a time on. Belongs into the transaction that changes the values; like
    /// every writer of bars it raises the version of their index first. Returns how many bars it wrote.
    /// </summary>
    public static async Task<int> WriteAsync(
        MaoDataContext history, Study study, int tickerKey, long from, CancellationToken cancellationToken)
    {
        var key = new SeriesKey(tickerKey, study.TimeFrameSeconds);
        var version = await RaiseAsync(history, key, cancellationToken);
        var first = from == long.MinValue ? from : BarBlockFormat.BlockOf(from, study.TimeFrameSeconds);
        var begin = from == long.MinValue ? from : first * study.TimeFrameSeconds * BarBlockFormat.BarsPerBlock;
        var blocks = history.BarBlocks.Where(row => row.TickerKey == tickerKey && row.TimeFrameSeconds == study.TimeFrameSeconds);
        await blocks.Where(row => row.Block >= first).ExecuteDeleteAsync(cancellationToken);
        var (written, bars) = (0, new List<Frame>());
        await foreach (var row in history.StudyValues.AsNoTracking().Where(row => row.StudyKey == study.Id && row.Frame >= begin).OrderBy(row => row.Frame)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var value = (decimal)row.Value;
            var bar = new Frame(row.Frame, value, value, value, value, 0);
            if (bars.Count > 0 && key.BlockOf(bars[0]) != key.BlockOf(bar))
            {
                Add();
            }

            bars.Add(bar);
        }

        if (bars.Count > 0)
        {
            Add();
        }

        await history.SaveChangesAsync(cancellationToken);
        history.ChangeTracker.Clear();
        await SpanAsync(history, key, blocks, cancellationToken);
        return written;

        void Add()
        {
            history.Add(key.Block(key.BlockOf(bars[0]), bars, version));
            written += bars.Count;
            bars = [];
        }
    }

    private static async Task<long> RaiseAsync(MaoDataContext history, SeriesKey key, CancellationToken cancellationToken)
    {
        var index = history.HistoryIndexes.Where(row => row.TickerKey == key.TickerKey && row.TimeFrameSeconds == key.TimeFrameSeconds);
        if (await index.ExecuteUpdateAsync(row => row.SetProperty(one => one.Version, one => one.Version + 1), cancellationToken) == 0)
        {
            history.Add(new HistoryIndex { TickerKey = key.TickerKey, TimeFrameSeconds = key.TimeFrameSeconds, StartFrame = 0, EndFrame = -1, IsEnabled = true });
            await history.SaveChangesAsync(cancellationToken);
            history.ChangeTracker.Clear();
        }

        return await index.Select(row => row.Version).SingleAsync(cancellationToken);
    }

    /// <summary>The index tells from when to when there are bars.</summary>
    private static async Task SpanAsync(
        MaoDataContext history, SeriesKey key, IQueryable<BarBlock> blocks, CancellationToken cancellationToken)
    {
        var start = await blocks.MinAsync(row => (long?)row.StartFrame, cancellationToken) ?? 0;
        var end = await blocks.MaxAsync(row => (long?)row.EndFrame, cancellationToken) ?? -1;
        await history.HistoryIndexes.Where(row => row.TickerKey == key.TickerKey && row.TimeFrameSeconds == key.TimeFrameSeconds)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.StartFrame, start).SetProperty(one => one.EndFrame, end), cancellationToken);
    }
}
