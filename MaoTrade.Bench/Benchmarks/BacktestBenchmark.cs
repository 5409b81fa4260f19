using System.Globalization;
using System.Text.Json;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Testing;
using MaoTrade.Engine.Testing.Data;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Indicators;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Bars per second of a system test with three indicators, against a bare loop over the same indicators.</summary>
internal sealed class BacktestBenchmark : IBenchmark
{
    private const int Bars = 200_000;
    private const double Wanted = 2_000_000;

    /// <summary>Trades of about an hour of minutes.</summary>
    private const string Slow = """{"fast_period": 20, "slow_period": 60, "take_percent": 0.6, "stop_percent": 0.3, "max_bars": 60}""";

    /// <summary>The system's defaults: an order every five or six bars, more than fees would leave anything of.</summary>
    private const string Nervous = "{}";

    public string Name => "backtest";

    public string Summary => "bars per second of a system test on one core with three indicators, and as a part of a bare loop of them";

    public Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var report = new Report("run", "orders per bar", "bars/s, median (min–max)", "part of the bare loop", "figure", "");
        report.Note(
            $"{Bars:N0} bars in memory; the whole run with its figures, per second of processor time, the collector's included; reading the file is not counted");
        var bars = Walk();
        Measure(report, "system test", Plan(bars, Slow), bars.Frames, options, isWanted: true);
        Measure(report, "nervous system test", Plan(bars, Nervous), bars.Frames, options, isWanted: false);
        return Task.FromResult(report);
    }

    private static void Measure(Report report, string name, BacktestPlan plan, Frame[] frames, BenchOptions options, bool isWanted)
    {
        var orders = (double)Backtest.Run(plan, null, CancellationToken.None).Orders.Count / Bars;
        var duel = Duel.Run(
            new Side(name, slice => Repeat(slice, () => Backtest.Run(plan, null, CancellationToken.None))),
            new Side("bare loop", slice => Repeat(slice, () => BareLoop(frames))),
            options.Rounds, options.Slice ?? TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2));
        report.Row(
            isWanted ? new Figure($">= {Wanted:N0}", duel.RateA.Median >= Wanted) : null,
            name, orders.ToString("0.000", CultureInfo.InvariantCulture), duel.RateA.Format("N0"), duel.Ratio.Format("0.000"));
        report.Row(null, "bare loop", "", duel.RateB.Format("N0"), "1");
    }

    private static BacktestPlan Plan(BarSeries bars, string parameters) => new()
    {
        Catalog = SystemCatalog.BuiltIn,
        System = "Scalping",
        Params = JsonDocument.Parse(parameters).RootElement,
        Bars = bars,
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
        var fast = new Ema(5);
        var slow = new Ema(13);
        var strength = new Rsi(14);
        var wanted = 0;
        foreach (ref readonly var frame in frames.AsSpan())
        {
            var close = (double)frame.Close;
            fast.Add(close);
            slow.Add(close);
            strength.Add(close);
            wanted += fast.Value > slow.Value && strength.Value > 50 ? 1 : 0;
        }

        GC.KeepAlive(wanted);
    }

    /// <summary>Minutes of a walk with ticks of 0.00001 as EURUSD moves, the same every time.</summary>
    private static BarSeries Walk()
    {
        var random = new Random(1);
        var price = 1.2m;
        var frames = new Frame[Bars];
        for (var i = 0; i < Bars; i++)
        {
            var open = price;
            price = Math.Max(0.5m, open + (random.Next(-30, 31) * 0.00001m));
            frames[i] = new Frame(i * 60L, open, Math.Max(open, price) + 0.00005m, Math.Min(open, price) - 0.00005m, price, 1);
        }

        return new BarSeries("WALK", 60, frames, []);
    }
}
