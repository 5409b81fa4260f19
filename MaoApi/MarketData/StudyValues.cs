using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.History;
using MaoApi.Studies;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.MarketData;

/// <summary>
/// Values of studies, and the tickers they are exported as. Each change is one transaction, the exported bars in it. Thread-safe.
/// </summary>
internal sealed class StudyValues(IDbContextFactory<MaoDataContext> histories, IDatabaseProvider provider, TimeProvider time)
{
    /// <summary>Stores values of a study, replacing those of the same frames. Returns false where there is no such study.</summary>
    public async Task<bool> UpdateAsync(string studyId, IReadOnlyDictionary<long, double> values, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        return await history.InTransactionAsync(
            async () =>
            {
                if (await history.Studies.SingleOrDefaultAsync(row => row.StudyId == studyId, cancellationToken) is not { } study)
                {
                    return (false, false);
                }

                study.Modified = time.GetUtcNow();
                await history.SaveChangesAsync(cancellationToken);
                if (values.Count > 0)
                {
                    await MergeAsync(history, study, values, cancellationToken);
                    await ExportAsync(history, study, values.Keys.Min(), cancellationToken);
                }

                return (true, true);
            },
            () => Task.FromResult(false),
            cancellationToken);
    }

    /// <summary>Adds the row of a study whose values are given, where it is missing.</summary>
    public async Task EnsureAsync(StudyPlan plan, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        if (await history.Studies.AnyAsync(row => row.StudyId == plan.StudyId, cancellationToken))
        {
            return;
        }

        var symbol = StudyDefinition.Of(plan).Tickers[0];
        var ticker = await history.Tickers.AsNoTracking().SingleAsync(row => row.Symbol == symbol, cancellationToken);
        var study = NewStudy(plan, ticker.Id);
        history.Add(study);
        try
        {
            await history.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (provider.IsDuplicate(fault))
        {
            // Another update was a moment faster.
        }
    }

    /// <summary>Stores what was computed: the values, what they were computed from, and the bars of the exported tickers.</summary>
    public async Task<StudyStored> StoreAsync(StudyPlan plan, StudyPart part, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        try
        {
            return await history.InTransactionAsync(() => StoreAsync(history, plan, part, cancellationToken), () => Task.FromResult(false), cancellationToken);
        }
        catch (DbUpdateException fault) when (fault is DbUpdateConcurrencyException || provider.IsDuplicate(fault))
        {
            return StudyStored.Late;
        }
    }

    /// <summary>The study of that id and how many values it has; null where there is none.</summary>
    public async Task<(Study Study, int Count)?> FindAsync(string studyId, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        return await history.Studies.AsNoTracking().SingleOrDefaultAsync(row => row.StudyId == studyId, cancellationToken) is { } study
            ? (study, await history.StudyValues.CountAsync(row => row.StudyKey == study.Id, cancellationToken))
            : null;
    }

    /// <summary>Makes a ticker of a study, or makes it anew where it is one already. Null where the symbol is that of another ticker.</summary>
    public async Task<Ticker?> ExportAsync(Study study, string symbol, string name, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        try
        {
            return await history.InTransactionAsync(
                async () =>
                {
                    var ticker = await StudyExports.EnsureAsync(history, study, symbol, name, time.GetUtcNow(), cancellationToken);
                    if (ticker is not null)
                    {
                        await StudyExports.WriteAsync(history, study, ticker.Id, long.MinValue, cancellationToken);
                    }

                    return (ticker, ticker is not null);
                },
                () => Task.FromResult(false),
                cancellationToken);
        }
        catch (DbUpdateException fault) when (provider.IsDuplicate(fault))
        {
            return null;
        }
    }

    /// <summary>Deletes a study with its values. The tickers it was exported as stay as they are.</summary>
    public async Task DeleteAsync(string studyId, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        await history.Studies.Where(row => row.StudyId == studyId).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<(StudyStored Result, bool Keep)> StoreAsync(
        MaoDataContext history, StudyPlan plan, StudyPart part, CancellationToken cancellationToken)
    {
        var study = await history.Studies.SingleOrDefaultAsync(row => row.StudyId == plan.StudyId, cancellationToken);
        if ((study?.Version ?? 0) != part.Version)
        {
            return (StudyStored.Late, false);
        }

        if (study is null)
        {
            study = NewStudy(plan, part.TickerKey);
            history.Add(study);
        }

        (study.TickerKey, study.TimeFrameSeconds, study.Name, study.Kind, study.Parameters) =
            (part.TickerKey, plan.TimeFrameSeconds, plan.Name, plan.Kind, plan.Parameters);
        (study.Definition, study.Sources) = (part.Definition, part.Sources);
        if (part.From is not null)
        {
            study.Modified = time.GetUtcNow();
        }

        // First of all, so that of two who store the same study the second one fails here.
        await history.SaveChangesAsync(cancellationToken);
        if (part.From is { } from)
        {
            await StudyRows.ReplaceAsync(history, study.Id, from, part.Values, cancellationToken);
        }

        var isNew = false;
        var isTaken = false;
        if (plan.ExportSymbol is { } symbol)
        {
            var before = await StudyExports.TickersAsync(history, study, cancellationToken);
            var ticker = await StudyExports.EnsureAsync(history, study, symbol, plan.Name, time.GetUtcNow(), cancellationToken);
            (isTaken, isNew) = (ticker is null, ticker is not null && !before.Contains(ticker.Id));
        }

        if (isNew || part.From is not null)
        {
            await ExportAsync(history, study, isNew ? long.MinValue : part.From!.Value, cancellationToken);
        }

        return (isTaken ? StudyStored.ExportTaken : StudyStored.Done, true);
    }

    private static async Task ExportAsync(MaoDataContext history, Study study, long from, CancellationToken cancellationToken)
    {
        foreach (var ticker in await StudyExports.TickersAsync(history, study, cancellationToken))
        {
            await StudyExports.WriteAsync(history, study, ticker, from, cancellationToken);
        }
    }

    private static async Task MergeAsync(
        MaoDataContext history, Study study, IReadOnlyDictionary<long, double> values, CancellationToken cancellationToken)
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

        await history.SaveChangesAsync(cancellationToken);
        history.ChangeTracker.Clear();
    }

    private Study NewStudy(StudyPlan plan, int tickerKey) => new()
    {
        StudyId = plan.StudyId,
        TickerKey = tickerKey,
        TimeFrameSeconds = plan.TimeFrameSeconds,
        Name = plan.Name,
        Kind = plan.Kind,
        Parameters = plan.Parameters,
        Created = time.GetUtcNow(),
        Modified = time.GetUtcNow(),
    };
}
