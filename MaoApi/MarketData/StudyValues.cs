using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Market.Frames;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.MarketData;

/// <summary>Values of studies, and studies that become tickers. Each change is one transaction. Thread-safe.</summary>
internal sealed class StudyValues(IDbContextFactory<MaoDataContext> histories, TimeProvider time)
{
    /// <summary>Stores values of a study, replacing those of the same frames. Returns false where there is no such study.</summary>
    public async Task<bool> UpdateAsync(string studyId, IReadOnlyDictionary<long, double> values, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        if (await history.Studies.SingleOrDefaultAsync(row => row.StudyId == studyId, cancellationToken) is not { } study)
        {
            return false;
        }

        if (values.Count > 0)
        {
            var (first, last) = (values.Keys.Min(), values.Keys.Max());
            var known = await history.StudyValues.Where(row => row.StudyKey == study.Id && row.Frame >= first && row.Frame <= last)
                .ToDictionaryAsync(row => row.Frame, cancellationToken);
            foreach (var (frame, value) in values)
            {
                if (known.TryGetValue(frame, out var row))
                {
                    row.Value = value;
                }
                else
                {
                    history.Add(new StudyValue { StudyKey = study.Id, Frame = frame, Value = value });
                }
            }
        }

        study.Modified = time.GetUtcNow();
        await history.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>The study of that id and how many values it has; null where there is none.</summary>
    public async Task<(Study Study, int Count)?> FindAsync(string studyId, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        return await history.Studies.AsNoTracking().SingleOrDefaultAsync(row => row.StudyId == studyId, cancellationToken) is { } study
            ? (study, await history.StudyValues.CountAsync(row => row.StudyKey == study.Id, cancellationToken))
            : null;
    }

    /// <summary>Makes a ticker of a study: each value a bar whose prices are all that value. Null where the symbol is taken.</summary>
    public async Task<Ticker?> ExportAsync(Study study, string symbol, string name, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        if (await history.Tickers.AnyAsync(ticker => ticker.Symbol == symbol, cancellationToken))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var ticker = new Ticker { Symbol = symbol, Name = name, Source = TickerSources.Study, IsEnabled = true, Created = now, Modified = now };
        await using var transaction = await history.Database.BeginTransactionAsync(cancellationToken);
        history.Add(ticker);
        await history.SaveChangesAsync(cancellationToken);
        long? first = null;
        var last = 0L;
        var bars = new List<Frame>();
        await foreach (var row in history.StudyValues.AsNoTracking().Where(row => row.StudyKey == study.Id).OrderBy(row => row.Frame)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (bars.Count > 0 && Block(bars[0].UnixSeconds) != Block(row.Frame))
            {
                AddBlock();
            }

            var value = (decimal)row.Value;
            first ??= row.Frame;
            last = row.Frame;
            bars.Add(new Frame(row.Frame, value, value, value, value, 0));
        }

        AddBlock();
        history.Add(new HistoryIndex
        {
            TickerKey = ticker.Id,
            TimeFrameSeconds = study.TimeFrameSeconds,
            StartFrame = first ?? 0,
            EndFrame = last,
            IsEnabled = true,
        });
        await history.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ticker;

        long Block(long frame) => BarBlockFormat.BlockOf(frame, study.TimeFrameSeconds);

        void AddBlock()
        {
            history.Add(new BarBlock
            {
                TickerKey = ticker.Id,
                TimeFrameSeconds = study.TimeFrameSeconds,
                Block = Block(bars[0].UnixSeconds),
                StartFrame = bars[0].UnixSeconds,
                EndFrame = bars[^1].UnixSeconds,
                Count = bars.Count,
                Bars = BarBlockFormat.Encode(bars),
            });
            bars.Clear();
        }
    }
}
