using System.Diagnostics;
using MaoApi.MarketData;
using MaoApi.MarketData.Import;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Market.Metastock;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>How long a large folder of market history takes to be in the store, and to find that it is there already.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private const int Instruments = 1_000;
    private const int Bars = 5_000;
    private const double WantedSeconds = 30;

    private const MetastockFields Fields = MetastockFields.Date | MetastockFields.Open | MetastockFields.High | MetastockFields.Low
        | MetastockFields.Close | MetastockFields.Volume;

    public string Name => "import";

    public string Summary => "1,000 Metastock instruments of 5,000 bars each into SQLite, each durable by itself; and the same folder again";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var folder = children.CreateFolder();
        MetastockWriter.Write(folder, [.. Enumerable.Range(1, Instruments).Select(Series)]);
        var report = new Report("case", "s", "bars/s", "figure", "");
        report.Note("reading the folder, checking, packing and storing; one transaction for each instrument");
        await using var store = await HistoryUnderTest.CreateAsync(children.CreateFolder());
        foreach (var (name, isFirst) in new[] { ("a new store", true), ("the same folder again", false) })
        {
            var began = Stopwatch.GetTimestamp();
            var done = await ImportAsync(store, folder);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var bars = done.Series.Sum(series => isFirst ? series.Added : series.Unchanged);
            if (bars != Instruments * Bars)
            {
                throw new BenchException($"{bars} bars of {Instruments * Bars} were imported; {done.FaultCount} faults");
            }

            report.Row(isFirst ? Figure.AtMost(WantedSeconds, seconds, " s") : null, name, new Series([seconds]).Format("F1"), new Series([bars / seconds]).Format("N0"));
        }

        return report;
    }

    private static MetastockSeries Series(int number) => new(
        new MetastockInstrument(number, $"S{number}", $"Instrument number {number}", 'D', 0, Fields, null, null, null), BarSample.Days(Bars, number), []);

    private static Task<ImportReport> ImportAsync(HistoryUnderTest store, string folder)
    {
        var tickers = new TickerBook(store.Histories, store.Homes, store.Provider, TimeProvider.System);
        var writer = new HistoryWriter(store.Histories, store.Provider, TimeProvider.System);
        return new MetastockImport(tickers, writer).RunAsync(MetastockFolder.Open(folder), "", "", (_, _) => { }, CancellationToken.None);
    }
}
