using MaoApi.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace MaoApi.MarketData;

/// <summary>
/// Finds tickers and what is stored of them. What was found is known for a second, less where this process wrote bars meanwhile: so long does
/// it take until bars another process wrote are seen. Thread-safe.
/// </summary>
internal sealed class StoredHistory(IDbContextFactory<MaoDataContext> histories, IDbContextFactory<MaoHomeContext> homes, HistoryWriter writer) : IDisposable
{
    private const int MostKnown = 10_000;

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);

    // A compiled query belongs to the model of its first context, and each gateway of a process has its own.
    private readonly Func<MaoDataContext, string, IAsyncEnumerable<Row>> _bySymbol = EF.CompileAsyncQuery(
        (MaoDataContext history, string wanted) =>
            from ticker in history.Tickers
            where ticker.Symbol == wanted && ticker.IsEnabled
            join row in history.HistoryIndexes.Where(row => row.IsEnabled && row.EndFrame >= row.StartFrame) on ticker.Id equals row.TickerKey into stored
            from index in stored.DefaultIfEmpty()
            orderby index.TimeFrameSeconds
            select new Row(
                ticker.Id,
                ticker.Symbol,
                index == null ? null : new StoredSeries(index.TimeFrameSeconds, index.StartFrame, index.EndFrame, index.Version)));

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostKnown });

    /// <summary>The ticker of that symbol; null where there is none.</summary>
    public async ValueTask<StoredTicker?> FindAsync(string symbol, CancellationToken cancellationToken)
    {
        var writes = writer.Writes;
        if (_known.TryGetValue((symbol, writes), out StoredTicker? known))
        {
            return known;
        }

        if (await ReadAsync(symbol, cancellationToken) is { } ticker)
        {
            return _known.Set((symbol, writes), ticker, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Memory });
        }

        return null;
    }

    /// <summary>The ticker of that key; null where there is none.</summary>
    public async Task<StoredTicker?> FindAsync(int key, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var symbol = await history.Tickers.Where(ticker => ticker.Id == key && ticker.IsEnabled).Select(ticker => ticker.Symbol).FirstOrDefaultAsync(cancellationToken);
        return symbol is null ? null : await FindAsync(symbol, cancellationToken);
    }

    /// <summary>The ticker that tells the prices of an epic; null where none is written down.</summary>
    public async Task<StoredTicker?> FindByEpicAsync(string epic, CancellationToken cancellationToken)
    {
        await using var home = await homes.CreateDbContextAsync(cancellationToken);
        var key = await home.Symbols.AsNoTracking().Where(symbol => symbol.Epic == epic && symbol.IsEnabled)
            .Join(
                home.SymbolTickers.Where(link => link.IsEnabled),
                symbol => symbol.DataEpic ?? symbol.Epic,
                link => link.DataEpic,
                (symbol, link) => (int?)link.TickerKey)
            .FirstOrDefaultAsync(cancellationToken);
        return key is { } found ? await FindAsync(found, cancellationToken) : null;
    }

    public void Dispose() => _known.Dispose();

    private async Task<StoredTicker?> ReadAsync(string symbol, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        StoredTicker? found = null;
        var series = new List<StoredSeries>();
        await foreach (var row in _bySymbol(history, symbol).WithCancellation(cancellationToken))
        {
            found ??= new StoredTicker(row.Key, row.Symbol, series);
            if (row.Series is { } stored)
            {
                series.Add(stored);
            }
        }

        return found;
    }

    private sealed record Row(int Key, string Symbol, StoredSeries? Series);
}
