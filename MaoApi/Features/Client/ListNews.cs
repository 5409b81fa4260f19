using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MaoApi.Data;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Client;

public sealed record NewsQuery
{
    [StringLength(40)]
    public string? Type { get; init; }

    /// <summary>As the page before gave it.</summary>
    [RegularExpression("-?[0-9]{1,15}_[0-9]{1,9}")]
    public string? Cursor { get; init; }

    [Range(1, 200)]
    public int? Limit { get; init; }
}

internal sealed record NewsView(string Title, string? Image, string Link, DateTimeOffset Published, string Type);

internal static class ListNews
{
    private const int UsualLimit = 50;

    public static async Task<Answer<ListPage<NewsView>>> HandleAsync(
        [AsParameters] NewsQuery query, IDbContextFactory<MaoDataContext> histories, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var news = history.News.AsNoTracking();
        if (query.Type is { } type)
        {
            news = news.Where(item => item.Type == type);
        }

        if (query.Cursor?.Split('_') is [var milliseconds, var number])
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture));
            var key = int.Parse(number, CultureInfo.InvariantCulture);
            news = news.Where(item => item.Published < at || (item.Published == at && item.Id < key));
        }

        var limit = query.Limit ?? UsualLimit;
        var rows = await news.OrderByDescending(item => item.Published).ThenByDescending(item => item.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var page = rows.Take(limit).ToList();
        var next = rows.Count > limit
            ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].Published.ToUnixTimeMilliseconds()}_{page[^1].Id}")
            : null;
        return new ListPage<NewsView>([.. page.Select(item => new NewsView(item.Title, item.Image, item.Link, item.Published, item.Type))], next);
    }
}
