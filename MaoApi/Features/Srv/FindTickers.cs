using System.ComponentModel.DataAnnotations;
using MaoApi.Data;
using MaoApi.Http;
using MaoApi.MarketData.Search;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Srv;

public sealed record FindTickersQuery
{
    private const int MaxLimit = 100;

    [Required]
    [StringLength(64, MinimumLength = 1)]
    public string? Q { get; init; }

    [Range(1, MaxLimit)]
    public int? Limit { get; init; }
}

internal sealed record FoundTicker(
    int TickerId,
    string Symbol,
    string Name,
    string Market,
    int Score,
    DateTimeOffset? FirstDate,
    DateTimeOffset? LastDate,
    IReadOnlyList<int> TimeFrames);

internal static class FindTickers
{
    private const int UsualLimit = 20;

    public static async Task<Answer<ItemList<FoundTicker>>> HandleAsync(
        [AsParameters] FindTickersQuery query,
        TickerSearch search,
        IDbContextFactory<MaoDataContext> histories,
        CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(query.Q!, query.Limit ?? UsualLimit, cancellationToken);
        var keys = found.Select(match => match.TickerId).ToList();
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        if (keys.Count == 0 && !await history.Tickers.AnyAsync(cancellationToken))
        {
            return new Failure(ApiCodes.NoData, "no data");
        }

        var stored = await history.HistoryIndexes.AsNoTracking().Where(index => keys.Contains(index.TickerKey) && index.IsEnabled)
            .ToListAsync(cancellationToken);
        var byTicker = stored.ToLookup(index => index.TickerKey);
        return new ItemList<FoundTicker>([.. found.Select(match => new FoundTicker(
            match.TickerId,
            match.Symbol,
            match.Name,
            match.Market,
            match.Score,
            byTicker[match.TickerId].Select(index => (DateTimeOffset?)DateTimeOffset.FromUnixTimeSeconds(index.StartFrame)).Min(),
            byTicker[match.TickerId].Select(index => (DateTimeOffset?)DateTimeOffset.FromUnixTimeSeconds(index.EndFrame)).Max(),
            [.. byTicker[match.TickerId].Select(index => index.TimeFrameSeconds).Order()]))]);
    }
}
