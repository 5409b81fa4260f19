using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Market.Frames;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Studies.Sources;

/// <summary>Finds out what happened to the bars of tickers since they were last looked at. Of all blocks, only the last one is read.</summary>
internal static class SourceChanges
{
    /// <summary>What there is of a ticker now, and the start of the first bar that is not as it was; null where all are.</summary>
    public static async Task<(TickerMarks Marks, long? Changed)> LookAsync(
        MaoDataContext history, int tickerKey, int timeFrameSeconds, TickerMarks? before, CancellationToken cancellationToken)
    {
        var series = history.BarBlocks.AsNoTracking().Where(row => row.TickerKey == tickerKey && row.TimeFrameSeconds == timeFrameSeconds);
        var blocks = await series.OrderBy(row => row.Block)
            .Select(row => new BlockMark(row.Block, row.Revision, row.StartFrame, row.Count)).ToListAsync(cancellationToken);
        if (blocks.Count == 0)
        {
            return (new TickerMarks(tickerKey, blocks, SourceMarks.DigestOf([])), before?.Blocks is [var first, ..] ? first.StartFrame : null);
        }

        if (before is not null && before.Blocks.SequenceEqual(blocks))
        {
            return (before, null);
        }

        var last = await BarsOfAsync(series, blocks[^1].Block, cancellationToken);
        var now = new TickerMarks(tickerKey, blocks, SourceMarks.DigestOf(last));
        if (before is null)
        {
            return (now, long.MinValue);
        }

        var changed = FirstDifference(before.Blocks, blocks);
        if (before.Blocks is [.., var oldLast] && changed == oldLast.Block && blocks.Find(block => block.Block == changed) is { } grown && grown.Count >= oldLast.Count)
        {
            // Live bars come behind the others: what was there is most often as it was.
            var bars = grown.Block == blocks[^1].Block ? last : await BarsOfAsync(series, grown.Block, cancellationToken);
            if (SourceMarks.DigestOf(bars.AsSpan(0, oldLast.Count)).AsSpan().SequenceEqual(before.LastBars))
            {
                return (now, bars.Length > oldLast.Count ? bars[oldLast.Count].UnixSeconds : blocks.SkipWhile(block => block != grown).Skip(1).FirstOrDefault()?.StartFrame);
            }
        }

        return (now, before.Blocks.Concat(blocks).Where(block => block.Block >= changed).Min(block => block.StartFrame));
    }

    private static async Task<Frame[]> BarsOfAsync(IQueryable<BarBlock> series, long block, CancellationToken cancellationToken) =>
        await series.SingleOrDefaultAsync(row => row.Block == block, cancellationToken) is { } row ? BarBlockFormat.Decode(row.Bars) : [];

    /// <summary>The first block that is not the same in both.</summary>
    private static long FirstDifference(IReadOnlyList<BlockMark> before, List<BlockMark> now)
    {
        var same = before.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return Math.Min(same < before.Count ? before[same].Block : long.MaxValue, same < now.Count ? now[same].Block : long.MaxValue);
    }
}
