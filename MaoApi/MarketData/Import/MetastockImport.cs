using System.Globalization;
using MaoApi.Data.History;
using MaoTrade.Market.Metastock;

namespace MaoApi.MarketData.Import;

/// <summary>
/// Brings a folder of Metastock files into the store, an instrument at a time, each in a transaction of its own. What cannot be read is told
/// and left out; ended half-way, it goes on where it stopped when it is done again.
/// </summary>
internal sealed class MetastockImport(TickerBook tickers, HistoryWriter writer)
{
    /// <summary>Imports the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="market">Where its instruments are traded, may be empty.</param>
    /// <param name="currency">What they are quoted in, may be empty.</param>
    /// <param name="progress">Is told how many instruments are done, and the symbol of the last one.</param>
    /// <param name="cancellationToken">Ends it between two instruments, or within one, of which nothing is stored then.</param>
    public async Task<ImportReport> RunAsync(
        MetastockFolder folder, string market, string currency, Action<int, string> progress, CancellationToken cancellationToken)
    {
        var report = new ImportReport();
        foreach (var fault in folder.Faults)
        {
            report.Fault(fault.File, fault.Row, fault.Message);
        }

        var done = new HashSet<(string Symbol, int TimeFrame)>();
        foreach (var (number, instrument) in folder.Instruments.Index())
        {
            // A missing file is among the faults of the folder.
            if (instrument.DataFile is { } file)
            {
                await ImportAsync(instrument, Path.GetFileName(file), market, currency, done, report, cancellationToken);
            }

            progress(number + 1, instrument.Symbol);
        }

        return report;
    }

    private async Task ImportAsync(
        MetastockInstrument instrument,
        string file,
        string market,
        string currency,
        HashSet<(string Symbol, int TimeFrame)> done,
        ImportReport report,
        CancellationToken cancellationToken)
    {
        var form = new TickerForm(instrument.Symbol, instrument.Name, market, currency)
        {
            FilePath = instrument.DataFile,
            RecordSizeBytes = instrument.RowBytes,
        };
        if (form.Fault is { } fault)
        {
            report.Fault(file, 0, fault);
        }
        else if (instrument.TimeFrameSeconds is not { } timeFrame || !TimeFrames.IsValid(timeFrame))
        {
            report.Fault(file, 0, $"{instrument.Symbol}: bars of period {instrument.Period} have no fixed length of at most {TimeFrames.Longest} s");
        }
        else if (!done.Add((instrument.Symbol, timeFrame)))
        {
            report.Fault(file, 0, $"{instrument.Symbol} with bars of {timeFrame} s is there twice; the first one was taken");
        }
        else if (Read(instrument, file, report) is { Frames.Count: > 0 } series)
        {
            var key = await tickers.FindOrAddAsync(form, TickerSources.Metastock, cancellationToken);
            var written = await WriteAsync(key, timeFrame, series, file, report, cancellationToken);
            if (written is not null)
            {
                report.Add(new ImportedSeries(key, instrument.Symbol, timeFrame, written.Added, written.Corrected, written.Unchanged));
            }
        }
    }

    private static MetastockSeries? Read(MetastockInstrument instrument, string file, ImportReport report)
    {
        try
        {
            var series = MetastockFolder.Read(instrument);
            foreach (var fault in series.Faults)
            {
                report.Fault(fault.File, fault.Row, fault.Message);
            }

            return series;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            report.Fault(file, 0, fault.Message);
            return null;
        }
    }

    private async Task<HistoryWritten?> WriteAsync(
        int key, int timeFrame, MetastockSeries series, string file, ImportReport report, CancellationToken cancellationToken)
    {
        try
        {
            var written = await writer.WriteAsync(key, timeFrame, series.Frames, $"{TickerSources.Metastock}:{file}", cancellationToken);
            foreach (var fault in written?.Faults ?? [])
            {
                // Without faults of reading and in the order of time, the n-th bar is the n-th row.
                var at = DateTimeOffset.FromUnixTimeSeconds(fault.UnixSeconds).ToString("u", CultureInfo.InvariantCulture);
                report.Fault(file, series.Faults.Count == 0 ? fault.Row : 0, $"{at}: {fault.Message}");
            }

            return written;
        }
        catch (InvalidDataException fault)
        {
            report.Fault(file, 0, fault.Message);
            return null;
        }
    }
}
