using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.History;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.MarketData.Import;

/// <summary>Tickers that imports bring. Thread-safe.</summary>
internal sealed class TickerBook(
    IDbContextFactory<MaoDataContext> histories, IDbContextFactory<MaoHomeContext> homes, IDatabaseProvider provider, TimeProvider time)
{
    /// <summary>The key of the ticker of that symbol, which is made where it is missing. What the form says of a known one is brought up to date.</summary>
    public async Task<int> FindOrAddAsync(TickerForm form, string source, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        if (await history.Tickers.SingleOrDefaultAsync(row => row.Symbol == form.Symbol, cancellationToken) is { } known)
        {
            return await UpdateAsync(history, known, form, cancellationToken);
        }

        var now = time.GetUtcNow();
        var ticker = new Ticker
        {
            Symbol = form.Symbol,
            Name = form.Name.Length > 0 ? form.Name : form.Symbol,
            Market = form.Market,
            Currency = form.Currency,
            Source = source,
            FilePath = form.FilePath,
            RecordSizeBytes = form.RecordSizeBytes,
            IsEnabled = true,
            Created = now,
            Modified = now,
        };
        history.Add(ticker);
        try
        {
            await history.SaveChangesAsync(cancellationToken);
            return ticker.Id;
        }
        catch (DbUpdateException fault) when (provider.IsDuplicate(fault))
        {
            // Another import of the same ticker was a moment faster.
            return await history.Tickers.Where(row => row.Symbol == form.Symbol).Select(row => row.Id).SingleAsync(cancellationToken);
        }
    }

    /// <summary>Writes down that a ticker tells the prices of an epic. False where there is no such epic.</summary>
    public async Task<bool> LinkAsync(string epic, int tickerKey, CancellationToken cancellationToken)
    {
        await using var home = await homes.CreateDbContextAsync(cancellationToken);
        if (await home.Symbols.AsNoTracking().FirstOrDefaultAsync(row => row.Epic == epic, cancellationToken) is not { } symbol)
        {
            return false;
        }

        var dataEpic = symbol.DataEpic ?? symbol.Epic;
        if (await home.SymbolTickers.SingleOrDefaultAsync(row => row.DataEpic == dataEpic, cancellationToken) is { } link)
        {
            (link.TickerKey, link.IsEnabled) = (tickerKey, true);
        }
        else
        {
            home.Add(new SymbolTicker { DataEpic = dataEpic, TickerKey = tickerKey, IsEnabled = true });
        }

        await home.SaveChangesAsync(cancellationToken);
        return true;
    }

    private async Task<int> UpdateAsync(MaoDataContext history, Ticker known, TickerForm form, CancellationToken cancellationToken)
    {
        known.Name = form.Name.Length > 0 ? form.Name : known.Name;
        known.Market = form.Market.Length > 0 ? form.Market : known.Market;
        known.Currency = form.Currency.Length > 0 ? form.Currency : known.Currency;
        known.FilePath = form.FilePath ?? known.FilePath;
        known.RecordSizeBytes = form.RecordSizeBytes ?? known.RecordSizeBytes;
        if (history.ChangeTracker.HasChanges())
        {
            known.Modified = time.GetUtcNow();
            await history.SaveChangesAsync(cancellationToken);
        }

        return known.Id;
    }
}
