using System.Security.Cryptography;
using System.Text;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.History;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.News;

/// <summary>
/// The table of news. A piece is known by its feed's own name for it or by its link: however often it comes, and with whatever new title, it
/// is one row. Thread-safe.
/// </summary>
internal sealed class NewsStore(IDbContextFactory<MaoDataContext> histories, TimeProvider time)
{
    private const int AtOnce = 200;

    /// <summary>Stores the items of a feed in one transaction.</summary>
    /// <returns>How many are new.</returns>
    public async Task<int> StoreAsync(Feed feed, IReadOnlyList<FeedItem> items, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var keyed = items.Select(item => (Item: item, Link: Hash(item.Link), Guid: item.Guid is { } guid ? Hash($"{feed.Name}\n{guid}") : null)).ToList();
        var known = new Dictionary<string, NewsItem>(StringComparer.Ordinal);
        foreach (var part in keyed.Chunk(AtOnce))
        {
            var (links, guids) = (part.Select(entry => entry.Link).ToList(), part.Select(entry => entry.Guid).OfType<string>().ToList());
            foreach (var row in await history.News.Where(row => links.Contains(row.LinkHash) || guids.Contains(row.GuidHash!)).ToListAsync(cancellationToken))
            {
                Know(row);
            }
        }

        var added = 0;
        foreach (var (item, link, guid) in keyed)
        {
            if ((known.GetValueOrDefault(guid ?? link) ?? known.GetValueOrDefault(link)) is { } old)
            {
                old.Title = item.Title;
                old.Image = item.Image ?? old.Image;
                continue;
            }

            var row = new NewsItem
            {
                Title = item.Title,
                Image = item.Image,
                Link = item.Link,
                LinkHash = link,
                GuidHash = guid,
                Published = item.Published ?? now,
                Type = feed.Type,
            };
            history.Add(row);
            Know(row);
            added++;
        }

        await history.SaveChangesAsync(cancellationToken);
        return added;

        void Know(NewsItem row)
        {
            known[row.LinkHash] = row;
            if (row.GuidHash is { } guid)
            {
                known[guid] = row;
            }
        }
    }

    /// <summary>Deletes news older than a moment.</summary>
    public async Task<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        return await history.News.Where(row => row.Published < before).ExecuteDeleteAsync(cancellationToken);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
