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

    private const string Escape = "|";

    public async Task<IReadOnlyList<TickerMatch>> FindAsync(string text, int limit, CancellationToken cancellationToken)
    {
        var wanted = text.Trim().ToUpperInvariant();
        var pattern = $"%{Literally(wanted)}%";
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var found = await history.Tickers.AsNoTracking()
            .Where(ticker => ticker.IsEnabled && (EF.Functions.Like(ticker.Symbol, pattern, Escape) || EF.Functions.Like(ticker.Name, pattern, Escape)))
            .OrderBy(ticker => ticker.Symbol.Length).ThenBy(ticker => ticker.Symbol).Take(MostRanked).ToListAsync(cancellationToken);
        return
        [
            .. found.Select(ticker => new TickerMatch(ticker.Id, ticker.Symbol, ticker.Name, ticker.Market, Score(ticker, wanted)))
                .OrderByDescending(match => match.Score).ThenBy(match => match.Symbol, StringComparer.Ordinal).Take(limit),
        ];
    }

    /// <summary>What people type is no pattern.</summary>
    private static string Literally(string text) => text
        .Replace(Escape, Escape + Escape, StringComparison.Ordinal)
        .Replace("%", Escape + "%", StringComparison.Ordinal)
        .Replace("_", Escape + "_", StringComparison.Ordinal);

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
