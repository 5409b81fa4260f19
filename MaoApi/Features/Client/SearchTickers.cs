using System.ComponentModel.DataAnnotations;
using MaoApi.Http;
using MaoApi.MarketData.Search;

namespace MaoApi.Features.Client;

public sealed record TickerQuery
{
    [Required]
    [StringLength(64, MinimumLength = 1)]
    public string? Q { get; init; }

    [Range(1, 100)]
    public int? Limit { get; init; }
}

internal static class SearchTickers
{
    private const int UsualLimit = 20;

    public static async Task<Answer<ItemList<TickerMatch>>> HandleAsync(
        [AsParameters] TickerQuery query, TickerSearch tickers, CancellationToken cancellationToken) =>
        new ItemList<TickerMatch>(await tickers.FindAsync(query.Q!, query.Limit ?? UsualLimit, cancellationToken));
}
