using MaoApi.Data;
using MaoApi.Data.History;
using MaoApi.MarketData;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Jobs.Work;

/// <summary>
/// Deletes bars that are older than their time frame is kept, and what was corrected in them, a series in a transaction. Bars go by the block:
/// one goes when its last bar is too old.
/// </summary>
internal sealed class HistoryRetention(IDbContextFactory<MaoDataContext> histories, HistoryOptions options, TimeProvider time) : IJob
{
    public string Name => "history-retention";

    public string Lane => JobLanes.Bulk;

    public string Schedule => "50 2 * * *";

    public async Task<string> RunAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var series = await history.HistoryIndexes.AsNoTracking().OrderBy(index => index.Id).ToListAsync(cancellationToken);
        var deleted = 0L;
        foreach (var (number, index) in series.Index())
        {
            if (options.RetentionOf(index.TimeFrameSeconds) is { } kept)
            {
                deleted += await DeleteAsync(history, index, (time.GetUtcNow() - kept).ToUnixTimeSeconds(), cancellationToken);
                progress.Report((double)number / series.Count, $"{deleted} bars deleted");
            }
        }

        return $"{deleted} bars deleted";
    }

    private static Task<int> DeleteAsync(MaoDataContext history, HistoryIndex index, long before, CancellationToken cancellationToken)
    {
        var blocks = history.BarBlocks.Where(block => block.TickerKey == index.TickerKey && block.TimeFrameSeconds == index.TimeFrameSeconds);
        var old = blocks.Where(block => block.EndFrame < before);
        return history.InTransactionAsync(
            async () =>
            {
                if (!await old.AnyAsync(cancellationToken))
                {
                    return (0, false);
                }

                // As with every change of bars, the version first: it keeps imports of the same series out.
                var row = history.HistoryIndexes.Where(stored => stored.Id == index.Id);
                await row.ExecuteUpdateAsync(set => set.SetProperty(stored => stored.Version, stored => stored.Version + 1), cancellationToken);
                var bars = await old.SumAsync(block => block.Count, cancellationToken);
                await old.ExecuteDeleteAsync(cancellationToken);
                await history.BarCorrections
                    .Where(bar => bar.TickerKey == index.TickerKey && bar.TimeFrameSeconds == index.TimeFrameSeconds && bar.Frame < before)
                    .ExecuteDeleteAsync(cancellationToken);

                // Without bars the series ends before it begins, which nobody reads.
                var first = await blocks.MinAsync(block => (long?)block.StartFrame, cancellationToken) ?? index.EndFrame + 1;
                await row.ExecuteUpdateAsync(set => set.SetProperty(stored => stored.StartFrame, first), cancellationToken);
                return (bars, true);
            },
            () => Task.FromResult(false),
            cancellationToken);
    }
}
