using MaoApi.Data;
using MaoApi.Data.History;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.MarketData;

/// <summary>A ticker that was looked for.</summary>
/// <param name="TickerId">Its key.</param>
/// <param name="Symbol">Its symbol, unique.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Market">Where it is traded.</param>
/// <param name="Score">How well it matches, 0 to 100.</param>
internal sealed record TickerMatch(int TickerId, string Symbol, string Name, string Market, int Score);

/// <summary>Finds tickers by what people type: symbols before names, whole words before parts. Thread-safe.</summary>
internal sealed class TickerSearch(IDbContextFactory<MaoDataContext> histories)
{
    /// <summary>What is ranked; who types one letter is not served better by more.</summary>
    private const int MostRanked = 500;

    public async Task<IReadOnlyList<TickerMatch>> FindAsync(string text, int limit, CancellationToken cancellationToken)
    {
        var wanted = text.Trim().ToUpperInvariant();
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var found = await history.Tickers.AsNoTracking()
            .Where(ticker => ticker.IsEnabled && (ticker.Symbol.ToUpper().Contains(wanted) || ticker.Name.ToUpper().Contains(wanted)))
            .OrderBy(ticker => ticker.Symbol.Length).ThenBy(ticker => ticker.Symbol).Take(MostRanked).ToListAsync(cancellationToken);
        return
        [
            .. found.Select(ticker => new TickerMatch(ticker.Id, ticker.Symbol, ticker.Name, ticker.Market, Score(ticker, wanted)))
                .OrderByDescending(match => match.Score).ThenBy(match => match.Symbol, StringComparer.Ordinal).Take(limit),
        ];
    }

    private static int Score(Ticker ticker, string wanted)
    {
        var symbol = ticker.Symbol.ToUpperInvariant();
        var name = ticker.Name.ToUpperInvariant();
        return symbol == wanted ? 100
            : symbol.StartsWith(wanted, StringComparison.Ordinal) ? 90
            : name.StartsWith(wanted, StringComparison.Ordinal) ? 80
            : symbol.Contains(wanted, StringComparison.Ordinal) ? 70
            : 60;
    }
}
