using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.News;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Jobs.Work;

/// <summary>
/// Reads every feed that is switched on and deletes news that are too old. Servers of others are away now and then, so a feed is told the
/// administrators when it has failed four times in a row, and then once a day; until then its own row says so.
/// </summary>
internal sealed class NewsImport(
    IDbContextFactory<MaoHomeContext> homes, FeedSource source, NewsStore store, NewsOptions options, TimeProvider time) : IJob
{
    private const int TellAfter = 4;
    private const int TellAgainEvery = 96;
    private const int MostResult = 1000;

    /// <summary>News of tomorrow come from a wrong clock or time zone; those beyond would stand above all others for ever.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    public string Name => "news";

    public string Lane => JobLanes.Default;

    public string Schedule => "*/15 * * * *";

    public async Task<string> RunAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        await using var home = await homes.CreateDbContextAsync(cancellationToken);
        var feeds = await home.Feeds.AsNoTracking().Where(feed => feed.IsEnabled).OrderBy(feed => feed.Name).ToListAsync(cancellationToken);
        var (added, broken) = (0, new List<string>());
        foreach (var (index, feed) in feeds.Index())
        {
            progress.Report((double)index / feeds.Count, feed.Name);
            try
            {
                added += await ImportAsync(home, feed, cancellationToken);
            }
            catch (FeedUnavailableException fault)
            {
                var failures = feed.Failures + 1;
                await WriteAsync(home, feed, fault.Message, failures, null, cancellationToken);
                if (failures == TellAfter || failures % TellAgainEvery == 0)
                {
                    broken.Add($"{feed.Name} ({fault.Message})");
                }
            }
        }

        var deleted = await store.DeleteBeforeAsync(time.GetUtcNow() - options.Retention, cancellationToken);
        return broken.Count == 0
            ? $"{feeds.Count} feeds, {added} new, {deleted} deleted"
            : throw new JobFindingException("feeds that fail again and again: " + string.Join("; ", broken));
    }

    private async Task<int> ImportAsync(MaoHomeContext home, Feed feed, CancellationToken cancellationToken)
    {
        var answer = await source.GetAsync(feed, cancellationToken);
        if (answer.Body is not { } body)
        {
            await WriteAsync(home, feed, "not changed", 0, answer, cancellationToken);
            return 0;
        }

        var document = FeedReader.Read(body, answer.Charset, feed.IsFile ? null : new Uri(feed.Address));
        var faults = document.Faults.ToList();
        if (document.Items.Count == 0 && faults.Count > 0)
        {
            throw new FeedUnavailableException(string.Join("; ", faults));
        }

        var (now, items) = (time.GetUtcNow(), new List<FeedItem>());
        foreach (var item in document.Items)
        {
            if (item.Published > now + MostAhead)
            {
                faults.Add(new FeedFault(0, $"'{item.Title}' is of {item.Published:yyyy-MM-dd}, which is still to come"));
            }
            else if (!(item.Published < now - options.Retention))
            {
                items.Add(item);
            }
        }

        var added = await store.StoreAsync(feed, items, cancellationToken);
        var result = $"{items.Count} items, {added} new";
        await WriteAsync(home, feed, faults.Count == 0 ? result : $"{result}; skipped: {string.Join("; ", faults)}", 0, answer, cancellationToken);
        return added;
    }

    /// <summary>Past the row's version: what was found out is no change an administrator could be late for.</summary>
    private async Task WriteAsync(
        MaoHomeContext home, Feed feed, string result, int failures, FeedAnswer? answer, CancellationToken cancellationToken)
    {
        var (now, text) = (time.GetUtcNow(), result[..Math.Min(result.Length, MostResult)]);
        var (tag, modified) = answer is null ? (feed.EntityTag, feed.LastModified) : (answer.EntityTag, answer.LastModified);
        await home.Feeds.Where(row => row.Id == feed.Id && row.Version == feed.Version).ExecuteUpdateAsync(
            row => row.SetProperty(known => known.Checked, now)
                .SetProperty(known => known.LastResult, text)
                .SetProperty(known => known.Failures, failures)
                .SetProperty(known => known.EntityTag, tag)
                .SetProperty(known => known.LastModified, modified),
            cancellationToken);
    }
}
