using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Market.Frames;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.MarketData;

/// <summary>
/// Puts bars into the store. Each call is one transaction, and calls for the same bars come one after the other, whichever process they
/// come from: the first thing a transaction does is to raise the version of the index, which only one can at a time. Thread-safe.
/// </summary>
internal sealed class HistoryWriter(IDbContextFactory<MaoDataContext> histories, IDatabaseProvider provider, TimeProvider time)
{
    private const int MostSourceChars = 200;

    /// <summary>Twice what fits where bars follow one another as their length says: weeks may be some hours short, rows twice as dense are of another length.</summary>
    private const int MostBarsInBlock = 2 * BarBlockFormat.BarsPerBlock;

    private long _writes;

    /// <summary>How many times this process changed bars.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>
    /// Stores bars of one ticker and time frame, in any order. Bars that are known with the same values change nothing, so that doing it
    /// again does no more than doing it once. Null where there is no such ticker.
    /// </summary>
    /// <param name="tickerKey">The ticker.</param>
    /// <param name="timeFrameSeconds">Length of a bar, see <see cref="TimeFrames"/>.</param>
    /// <param name="bars">The bars; those that are none are told and left out.</param>
    /// <param name="source">Who tells them, up to 200 characters, kept with corrections; values of a study begin with <see cref="TickerSources.Study"/> and may be of any sign.</param>
    /// <param name="cancellationToken">Gives up; nothing is stored then.</param>
    /// <param name="conflict">What happens to a bar that is known with another value.</param>
    /// <exception cref="ArgumentOutOfRangeException">This is no time frame.</exception>
    /// <exception cref="InvalidDataException">The bars are those of a shorter time frame; nothing was stored.</exception>
    public async Task<HistoryWritten?> WriteAsync(
        int tickerKey, int timeFrameSeconds, IReadOnlyList<Frame> bars, string source, CancellationToken cancellationToken, BarConflict conflict = BarConflict.Correct)
    {
        if (!TimeFrames.IsValid(timeFrameSeconds))
        {
            throw new ArgumentOutOfRangeException(nameof(timeFrameSeconds), timeFrameSeconds, $"A time frame is 1 to {TimeFrames.Longest} seconds.");
        }

        var faults = new List<BarFault>();
        var sifted = BarRules.Sift(bars, source, faults);
        var key = new SeriesKey(tickerKey, timeFrameSeconds);
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        if (!await history.Tickers.AnyAsync(ticker => ticker.Id == tickerKey, cancellationToken))
        {
            return null;
        }

        if (sifted.Count == 0)
        {
            return new HistoryWritten(0, 0, 0, 0, faults);
        }

        var merge = new BarMerge(source.Length > MostSourceChars ? source[..MostSourceChars] : source, conflict, time.GetUtcNow());
        await AddIndexAsync(history, key, sifted[0].UnixSeconds, cancellationToken);

        // Should the answer to a commit be lost, all is done again and finds that nothing is left to do.
        await history.InTransactionAsync(
            async () =>
            {
                merge.Begin();
                await StoreAsync(history, key, sifted, merge, cancellationToken);
                return (merge, merge.IsChange);
            },
            () => Task.FromResult(false),
            cancellationToken);
        Interlocked.Increment(ref _writes);
        return merge.Result(faults);
    }

    /// <summary>The row everything of the series is ordered by. Without bars yet, it is no series to those who read.</summary>
    private async Task AddIndexAsync(MaoDataContext history, SeriesKey key, long firstFrame, CancellationToken cancellationToken)
    {
        if (await history.HistoryIndexes.AnyAsync(row => row.TickerKey == key.TickerKey && row.TimeFrameSeconds == key.TimeFrameSeconds, cancellationToken))
        {
            return;
        }

        history.Add(new HistoryIndex
        {
            TickerKey = key.TickerKey,
            TimeFrameSeconds = key.TimeFrameSeconds,
            StartFrame = firstFrame,
            EndFrame = firstFrame - 1,
            IsEnabled = true,
        });
        try
        {
            await history.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (provider.IsDuplicate(fault))
        {
            // Another import of the same series was a moment faster.
        }

        history.ChangeTracker.Clear();
    }

    private static async Task StoreAsync(
        MaoDataContext history, SeriesKey key, List<Frame> bars, BarMerge merge, CancellationToken cancellationToken)
    {
        await history.HistoryIndexes.Where(row => row.TickerKey == key.TickerKey && row.TimeFrameSeconds == key.TimeFrameSeconds)
            .ExecuteUpdateAsync(row => row.SetProperty(index => index.Version, index => index.Version + 1), cancellationToken);
        var index = await history.HistoryIndexes
            .SingleAsync(row => row.TickerKey == key.TickerKey && row.TimeFrameSeconds == key.TimeFrameSeconds, cancellationToken);
        for (var (begin, end) = (0, 0); begin < bars.Count; begin = end)
        {
            var number = key.BlockOf(bars[begin]);
            for (end = begin + 1; end < bars.Count && key.BlockOf(bars[end]) == number;)
            {
                end++;
            }

            var block = await history.BarBlocks.AsNoTracking().FirstOrDefaultAsync(
                row => row.TickerKey == key.TickerKey && row.TimeFrameSeconds == key.TimeFrameSeconds && row.Block == number, cancellationToken);
            var merged = merge.Into(block is null ? [] : BarBlockFormat.Decode(block.Bars), bars.GetRange(begin, end - begin));
            if (merged.Count > MostBarsInBlock)
            {
                throw new InvalidDataException($"{merged.Count} bars lie where {BarBlockFormat.BarsPerBlock} of {key.TimeFrameSeconds} s have room: the time frame is a shorter one.");
            }

            if (merge.HasChangedBlock)
            {
                history.Entry(key.Block(number, merged, index.Version)).State = block is null ? EntityState.Added : EntityState.Modified;
            }
        }

        history.AddRange(merge.Corrections(key));
        var isEmpty = index.EndFrame < index.StartFrame;
        index.StartFrame = isEmpty ? bars[0].UnixSeconds : Math.Min(index.StartFrame, bars[0].UnixSeconds);
        index.EndFrame = isEmpty ? bars[^1].UnixSeconds : Math.Max(index.EndFrame, bars[^1].UnixSeconds);
        await history.SaveChangesAsync(cancellationToken);
    }
}
