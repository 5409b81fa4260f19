using System.Diagnostics;
using System.Runtime.CompilerServices;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Market.Features;
using MaoTrade.Market.Indicators;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>What indicators cost per bar once they are warm: time, and bytes allocated, which must be none.</summary>
internal sealed class IndicatorBenchmark : IBenchmark
{
    private const int Bars = 50_000;
    private const double Average = 2;
    private const double Other = 10;
    private const double Features = 500;

    /// <summary>Long enough for the runtime to have compiled what is measured for good.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.6);

    private readonly Bar[] _bars = Walk();
    private readonly double[] _closes;
    private readonly double[] _results = new double[Bars * FeatureNames.Count];

    public IndicatorBenchmark() => _closes = [.. _bars.Select(bar => bar.Close)];

    public string Name => "indicators";

    public string Summary => "nanoseconds and bytes allocated per bar of each indicator, and of the 27 features";

    public Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var report = new Report("indicator", "bytes allocated per bar", "ns per bar, median (min–max)", "figure", "");
        report.Note($"{Bars:N0} bars a round; each adds a bar and writes all results; with the numbers of the features");
        report.Note("bar by bar through one object: each average waits for the one before it to come back from memory");
        var ema = new Ema(20);
        Measure(report, options, Average, "ema, a series at once", () => ema.Add(_closes, _results));
        Ema[] side = [new(12), new(20), new(26), new(50), new(200)];
        Measure(report, options, Average, "ema, five averages bar by bar, per average", () => SideBySide(side), side.Length);
        Measure(report, options, Average, "ema, bar by bar through one object", () => OneByOne(ema));
        Value(report, options, new Sma(20), "sma 20");
        Value(report, options, new Sma(200), "sma 200");
        Value(report, options, new Deviation(20), "deviation");
        Value(report, options, new Rsi(14), "rsi");
        Value(report, options, new Momentum(10), "returns, price_momentum");
        Value(report, options, new LogReturn(), "log_returns");
        Value(report, options, new Volatility(20), "volatility");
        Value(report, options, new RelativeVolatility(20, 50), "market_condition_volatility, with volatility and log_returns");
        Value(report, options, new VolumeRatio(20), "volume_ma, volume_ratio");
        Value(report, options, new Highest(20), "highest, resistance");
        Value(report, options, new Lowest(20), "lowest, support");
        Candle(report, options, Other, new Macd(12, 26, 9), "macd, signal, histogram");
        Candle(report, options, Other, new BollingerBands(20, 2), "bands and width");
        Candle(report, options, Other, new Atr(14), "atr");
        Candle(report, options, Other, new OnBalanceVolume(), "obv");
        Candle(report, options, Other, new TrendStrength(20, 50, 14), "market_condition_strength");
        Candle(report, options, Other, new Mama(0.5, 0.05), "mama, fama");
        Candle(report, options, Features, new FeatureCalculator(), "all 27 features");
        return Task.FromResult(report);
    }

    private void Value<T>(Report report, BenchOptions options, T indicator, string name)
        where T : IValueIndicator =>
        Measure(report, options, Other, name, () => indicator.Add(_closes, _results));

    private void Candle<T>(Report report, BenchOptions options, double limit, T indicator, string name)
        where T : IBarIndicator =>
        Measure(report, options, limit, name, () => indicator.Add(_bars, _results));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OneByOne(Ema average)
    {
        var (values, results) = (_closes, _results);
        for (var i = 0; i < values.Length; i++)
        {
            average.Add(values[i]);
            results[i] = average.Value;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SideBySide(Ema[] averages)
    {
        var (values, results) = (_closes, _results);
        var (first, second, third, fourth, fifth) = (averages[0], averages[1], averages[2], averages[3], averages[4]);
        for (var i = 0; i < values.Length; i++)
        {
            first.Add(values[i]);
            second.Add(values[i]);
            third.Add(values[i]);
            fourth.Add(values[i]);
            fifth.Add(values[i]);
            results[i] = first.Value + second.Value + third.Value + fourth.Value + fifth.Value;
        }
    }

    /// <summary>Measures what takes all bars a call.</summary>
    private static void Measure(Report report, BenchOptions options, double limit, string name, Action round, int indicators = 1)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < WarmUp;)
        {
            round();
        }

        var times = new double[options.Rounds];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            round();
            times[i] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Bars / indicators;
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Bars * options.Rounds);
        var series = new Series(times);
        report.Row(
            new Figure($"<= {limit:0} ns, 0 bytes", series.Median <= limit && bytes == 0), name, bytes.ToString("0.######"), series.Format("F1"));
    }

    private static Bar[] Walk()
    {
        var random = new Random(1);
        var price = 100d;
        return [.. Enumerable.Range(0, Bars).Select(_ =>
        {
            price *= 1 + (0.002 * (random.NextDouble() - 0.5));
            return new Bar(price + random.NextDouble(), price - random.NextDouble(), price, random.Next(1, 10_000));
        })];
    }
}
