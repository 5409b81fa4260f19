using System.Globalization;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.History;
using MaoApi.Jobs;
using MaoApi.MarketData;
using MaoApi.Studies.Sources;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Studies;

/// <summary>
/// Computes a study as far as its bars are new or were corrected, and stores the result in one transaction. Whatever it began with, the
/// values stored are those a computation of all bars would have found. Thread-safe.
/// </summary>
internal sealed class StudyComputer(IDbContextFactory<MaoDataContext> histories, StudyValues values)
{
    private const int Attempts = 3;

    /// <summary>Beyond it a value is no price any more, and would not fit one.</summary>
    private const double MaxValue = 1e15;

    /// <summary>Computes and stores, and says in a sentence what was done.</summary>
    /// <exception cref="JobFindingException">The study cannot be computed, or not exported; its message says why.</exception>
    public async Task<string> RunAsync(StudyPlan plan, JobProgress progress, CancellationToken cancellationToken)
    {
        var definition = StudyDefinition.Of(plan);
        for (var attempt = 1; ; attempt++)
        {
            var part = await ComputeAsync(plan, definition, progress, cancellationToken);
            progress.Report(0.95, part.Message);
            var stored = await values.StoreAsync(plan, part, cancellationToken);
            if (stored == StudyStored.ExportTaken)
            {
                throw new JobFindingException($"{part.Message}, but not exported: {plan.ExportSymbol} is a ticker of its own");
            }

            if (stored == StudyStored.Done)
            {
                return part.Message;
            }

            if (attempt == Attempts)
            {
                throw new JobFindingException("somebody else changes the values of the study again and again");
            }
        }
    }

    private async Task<StudyPart> ComputeAsync(
        StudyPlan plan, StudyDefinition definition, JobProgress progress, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var tickers = await TickersAsync(history, definition, cancellationToken);
        var head = await history.Studies.AsNoTracking().SingleOrDefaultAsync(row => row.StudyId == plan.StudyId, cancellationToken);
        var known = head?.Definition == definition.Fingerprint ? SourceMarks.Decode(head.Sources) : [];
        var marks = new List<TickerMarks>();
        long? changed = known.Select(one => one.TickerKey).SequenceEqual(tickers) ? null : long.MinValue;
        foreach (var (index, ticker) in tickers.Index())
        {
            var before = changed == long.MinValue ? null : known[index];
            var (mark, first) = await SourceChanges.LookAsync(history, ticker, definition.TimeFrameSeconds, before, cancellationToken);
            marks.Add(mark);
            changed = first < changed || changed is null ? first : changed;
            progress.Report(0.05 * (index + 1) / tickers.Count, $"{definition.Tickers[index]} looked at");
        }

        var missing = definition.Tickers.Where((_, index) => marks[index].Blocks.Count == 0).ToList();
        if (missing.Count > 0)
        {
            throw new JobFindingException($"no bars of {definition.TimeFrameSeconds} s are stored of {string.Join(", ", missing)}");
        }

        var part = new StudyPart(tickers[0], definition.Fingerprint, SourceMarks.Encode(marks), head?.Version ?? 0, changed, []);
        return changed is { } from
            ? await FillAsync(history, part, head, definition, tickers, marks, from, progress, cancellationToken)
            : part with { Message = "nothing new" };
    }

    private static async Task<StudyPart> FillAsync(
        MaoDataContext history,
        StudyPart part,
        Study? head,
        StudyDefinition definition,
        List<int> tickers,
        List<TickerMarks> marks,
        long from,
        JobProgress progress,
        CancellationToken cancellationToken)
    {
        var calculator = StudyKinds.All[definition.Kind].Create(definition);
        var start = from == long.MinValue ? from : await StartAsync(history, head!, calculator, from, cancellationToken);
        var blocks = marks.Sum(mark => mark.Blocks.Count);
        var (rows, values) = (0, new List<StudyValue>());
        await foreach (var row in SourceRows.ReadAsync(history, tickers, definition.TimeFrameSeconds, start, Tell, cancellationToken))
        {
            var value = calculator.Next(row);
            if (row.UnixSeconds >= from)
            {
                rows++;
                if (value is { } found && Math.Abs(found) <= MaxValue)
                {
                    values.Add(new StudyValue { Frame = row.UnixSeconds, Value = found });
                }
            }
        }

        return part with
        {
            Values = values,
            Message = string.Create(CultureInfo.InvariantCulture, $"{rows} bars, {values.Count} values computed"),
        };

        void Tell(int read) => progress.Report(
            0.05 + (0.9 * read / blocks), string.Create(CultureInfo.InvariantCulture, $"{read} of {blocks} blocks of bars read, {values.Count} values"));
    }

    /// <summary>Where reading begins, so that the calculator has seen enough when it comes to the first bar that matters.</summary>
    private static async Task<long> StartAsync(
        MaoDataContext history, Study head, IStudyCalculator calculator, long from, CancellationToken cancellationToken)
    {
        if (calculator.Lead is not { } lead)
        {
            return long.MinValue;
        }

        if (lead == 0)
        {
            return from;
        }

        // Each value stands at a bar that counts, so as many bars lie before.
        return await history.StudyValues.Where(row => row.StudyKey == head.Id && row.Frame < from)
            .OrderByDescending(row => row.Frame).Skip(lead - 1).Select(row => (long?)row.Frame).FirstOrDefaultAsync(cancellationToken) ?? long.MinValue;
    }

    private static async Task<List<int>> TickersAsync(MaoDataContext history, StudyDefinition definition, CancellationToken cancellationToken)
    {
        var found = await history.Tickers.AsNoTracking().Where(row => definition.Tickers.Contains(row.Symbol))
            .ToDictionaryAsync(row => row.Symbol, row => row.Id, StringComparer.Ordinal, cancellationToken);
        var unknown = definition.Tickers.Where(symbol => !found.ContainsKey(symbol)).ToList();
        return unknown.Count == 0
            ? [.. definition.Tickers.Select(symbol => found[symbol])]
            : throw new JobFindingException($"unknown ticker(s) {string.Join(", ", unknown)}");
    }
}
