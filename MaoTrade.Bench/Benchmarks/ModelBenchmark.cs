using System.Globalization;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Market.Features;
using MaoTrade.Market.Models;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Time and memory of one prediction of the largest model the training makes by default.</summary>
internal sealed class ModelBenchmark : IBenchmark
{
    private const int Rows = 4_096;
    private const double MostMicroseconds = 50;
    private const int Passes = 31;

    public string Name => "model";

    public string Summary => "one prediction of 300 trees (100 of depth 10, 200 of depth 6, all full) and what it allocates";

    public Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var file = FullModel.Write();
        var model = ModelFile.Read(file, FeatureNames.All);
        var rows = Draw();
        var report = new Report("what", "median (min–max)", "figure", "");
        report.Note($"{model.Ensembles.Sum(one => one.Header.Nodes):N0} nodes, {file.Length:N0} bytes; {Rows:N0} different rows one after the other, standardising included; processor time");
        Pass(model, rows);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Predict(model, rows);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var series = new Series(Enumerable.Range(0, Passes).Select(_ => Pass(model, rows)));
        report.Row(
            new Figure($"<= {MostMicroseconds} µs", series.Median <= MostMicroseconds), "prediction, µs", series.Format("0.00"));
        report.Row(
            new Figure("0 bytes", allocated == 0), "allocated, bytes",
            allocated.ToString(CultureInfo.InvariantCulture));
        return Task.FromResult(report);
    }

    /// <summary>Microseconds of a prediction; processor time, which others on the machine do not take.</summary>
    private static double Pass(TrainedModel model, double[][] rows)
    {
        var started = Environment.CpuUsage.TotalTime;
        Predict(model, rows);
        return (Environment.CpuUsage.TotalTime - started).TotalMicroseconds / rows.Length;
    }

    private static void Predict(TrainedModel model, double[][] rows)
    {
        double sum = 0;
        foreach (var row in rows)
        {
            sum += model.Predict(row);
        }

        if (double.IsNaN(sum))
        {
            throw new BenchException("a prediction is missing");
        }
    }

    private static double[][] Draw()
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, FeatureNames.Count).Select(_ => (random.NextDouble() * 4) - 2).ToArray())];
    }
}
