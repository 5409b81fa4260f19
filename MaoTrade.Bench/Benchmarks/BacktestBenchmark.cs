using System.Text.Json;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Testing;
using MaoTrade.Engine.Testing.Data;
using MaoTrade.Market.Frames;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Bars per second of a system test with three indicators, against a bare loop over the same indicators.</summary>
internal sealed class BacktestBenchmark : IBenchmark
{
    private const int Bars = 200_000;
    private const double Wanted = 2_000_000;

    public string Name => "backtest";

    public string Summary => "bars per second of a system test on one core with three indicators, and as a part of a bare loop of them";

    public Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var report = new Report("run", "bars/s, median (min–max)", "part of the bare loop", "figure", "");
        var plan = Plan();
        var sample = Backtest.Run(plan, null, CancellationToken.None);
        report.Note(
            $"{Bars:N0} bars in memory, {sample.Orders.Count:N0} orders; the whole run with its figures, per second of processor time, the collector's included; reading the file is not counted");
        var duel = Duel.Run(
            new Side("system test", slice => Repeat(slice, () => Backtest.Run(plan, null, CancellationToken.None))),
            new Side("bare loop", slice => Repeat(slice, () => BareLoop(plan.Bars.Frames))),
            options.Rounds, options.Slice ?? TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2));
        report.Row(
            new Figure($">= {Wanted:N0}", duel.RateA.Median >= Wanted), "system test", duel.RateA.Format("N0"), duel.Ratio.Format("0.000"));
        report.Row(null, "bare loop", duel.RateB.Format("N0"), "1");
        return Task.FromResult(report);
    }

    private static BacktestPlan Plan() => new()
    {
        Catalog = new SystemCatalog(() => new ThreeIndicatorsSystem()),
        System = "ThreeIndicators",
        Params = JsonDocument.Parse("{}").RootElement,
        Bars = Walk(),
    };

    /// <summary>Counts processor time of the whole process, the collector's too: others on the machine do not slow it.</summary>
    private static Slice Repeat(TimeSpan slice, Action run)
    {
        var started = Environment.CpuUsage.TotalTime;
        long bars = 0;
        TimeSpan used;
        do
        {
            run();
            bars += Bars;
            used = Environment.CpuUsage.TotalTime - started;
        }
        while (used < slice);

        return new Slice(bars, used, TimeSpan.Zero);
    }

    private static void BareLoop(Frame[] frames)
    {
        var indicators = new ThreeIndicators();
        var wanted = 0;
        foreach (ref readonly var frame in frames.AsSpan())
        {
            wanted += indicators.Take((double)frame.Close);
        }

        GC.KeepAlive(wanted);
    }

    /// <summary>Minutes of a walk with ticks of 0.0001, the same every time.</summary>
    private static BarSeries Walk()
    {
        var random = new Random(1);
        var price = 1.2m;
        var frames = new Frame[Bars];
        for (var i = 0; i < Bars; i++)
        {
            var open = price;
            price = Math.Max(0.5m, open + (random.Next(-12, 13) * 0.0001m));
            frames[i] = new Frame(i * 60L, open, Math.Max(open, price) + 0.0002m, Math.Min(open, price) - 0.0002m, price, 1);
        }

        return new BarSeries("WALK", 60, frames, []);
    }
}
