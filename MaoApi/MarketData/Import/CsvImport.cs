using MaoApi.Data.History;
using MaoTrade.Market.Csv;

namespace MaoApi.MarketData.Import;

/// <summary>
/// Brings a CSV file into the store, so many lines at a time, each part in a transaction of its own. Lines that are no bars are told and left
/// out; ended half-way, it goes on where it stopped when it is done again.
/// </summary>
internal sealed class CsvImport(TickerBook tickers, HistoryWriter writer)
{
    /// <summary>A part: what is in memory of the file at once.</summary>
    private const int RowsAtOnce = 20_000;

    /// <summary>Imports the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="form">The ticker.</param>
    /// <param name="timeFrame">Seconds of a bar; null for the step most lines are apart.</param>
    /// <param name="report">Is told what was done.</param>
    /// <param name="progress">Is told which part of the file is read.</param>
    /// <param name="cancellationToken">Ends it; parts that were written stay.</param>
    /// <returns>The ticker; null where nothing could be imported.</returns>
    public async Task<int?> RunAsync(
        string path, TickerForm form, int? timeFrame, ImportReport report, Action<double> progress, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(file);
        int? key = null;
        var (added, corrected, unchanged) = (0, 0, 0);
        foreach (var rows in CsvFrameReader.Read(text).Chunk(RowsAtOnce))
        {
            foreach (var row in rows.Where(row => row.Bar is null))
            {
                report.Fault(name, row.Line, row.Error!);
            }

            var good = rows.Where(row => row.Bar is not null).ToList();
            if (good.Count == 0)
            {
                continue;
            }

            timeFrame ??= StepOf([.. good.Select(row => row.Bar!.Value.Frame.UnixSeconds)]);
            if (timeFrame is not { } seconds || !TimeFrames.IsValid(seconds))
            {
                report.Fault(name, 0, "the length of its bars does not show from the lines: name it");
                return null;
            }

            key ??= await tickers.FindOrAddAsync(form, TickerSources.Store, cancellationToken);
            try
            {
                if (await writer.WriteAsync(
                    key.Value, seconds, [.. good.Select(row => row.Bar!.Value.Frame)], $"csv:{name}", cancellationToken) is not { } written)
                {
                    report.Fault(name, 0, "the ticker is gone");
                    return null;
                }

                (added, corrected, unchanged) = (added + written.Added, corrected + written.Corrected, unchanged + written.Unchanged);
                foreach (var fault in written.Faults)
                {
                    report.Fault(name, good[fault.Row - 1].Line, fault.Message);
                }
            }
            catch (InvalidDataException fault)
            {
                report.Fault(name, good[0].Line, fault.Message);
                break;
            }

            progress((double)file.Position / Math.Max(1, file.Length));
        }

        if (key is { } ticker)
        {
            report.Add(new ImportedSeries(ticker, form.Symbol, timeFrame!.Value, added, corrected, unchanged));
        }

        return key;
    }

    /// <summary>The step most lines are apart; null where there is only one line.</summary>
    private static int? StepOf(IReadOnlyList<long> starts) => starts.Zip(starts.Skip(1), (one, next) => next - one)
        .Where(step => step is > 0 and <= TimeFrames.Longest).CountBy(step => step).OrderByDescending(step => step.Value).ThenBy(step => step.Key)
        .Select(step => (int?)step.Key).FirstOrDefault();
}
