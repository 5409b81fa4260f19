using System.Diagnostics;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Bench.Servers;
using MaoTrade.Market.Metastock;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>What it costs to decode Metastock rows, to find one by its date, and to read those before a date.</summary>
internal sealed class MetastockBenchmark : IBenchmark
{
    private const double WantedMillions = 50;
    private const double WantedMicroseconds = 1;
    private const double WantedRatio = 100;
    private const int LookUps = 100_000;
    private const int Frames = 5_000;

    private static readonly TimeSpan DefaultSlice = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public string Name => "metastock";

    public string Summary => "Metastock rows decoded and found by date, and against the original's reader in Python";

    public Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var sample = new MetastockSample(children.CreateFolder());
        var slice = options.Slice ?? DefaultSlice;
        var report = Report.OfDuels("per second");
        report.Note($"one core, warm; {MetastockSample.Days:N0} days of 7 columns, checked and decoded page by page into columns of doubles");
        report.Note($"look-ups of random minutes among {MetastockSample.Minutes:N0} mapped rows");
        report.Note($"{Frames:N0} frames up to a random date; Python opens the file each time, as the original does");
        using var days = MetastockBars.Open(sample.Daily);
        using var minutes = MetastockBars.Open(sample.Intraday);
        Decode(report, options, slice, days);
        LookUp(report, options, minutes);
        if (PythonMetastock.TryStart(children, sample.Daily.DataFile!, MetastockSample.FirstDay, MetastockSample.LastDay) is not { } python)
        {
            report.Row(null, "frames up to a date", "Python", "skipped: /usr/bin/python3 is not installed", "", "");
            return Task.FromResult(report);
        }

        var original = new Side("Python", length => python.Read(length, Frames));
        var draw = new Random(1);
        var page = new MetastockPage();
        Against("columns, file kept open", () => Read(days, draw, page, decimals: false), WantedRatio);
        Against("columns, file opened each time", () => ReadAnew(sample, draw, page), null);
        Against("decimals, file kept open", () => Read(days, draw, page, decimals: true), null);
        return Task.FromResult(report);

        void Against(string name, Func<int> read, double? figure) => report.Duel(
            $"{Frames:N0} frames up to a date", Duel.Run(new Side(name, length => Repeat(length, read)), original, options.Rounds, slice, WarmUp),
            figure, showsCpu: false);
    }

    private static void Decode(Report report, BenchOptions options, TimeSpan slice, MetastockBars days)
    {
        var page = new MetastockPage();
        int All()
        {
            for (var first = 0; first < days.Count; first += MetastockPage.MaxRows)
            {
                days.Read(first, page);
            }

            return days.Count;
        }

        Repeat(WarmUp, All);
        var rates = new Series(Enumerable.Range(0, options.Rounds).Select(_ => Repeat(slice, All).PerSecond / 1e6).ToList());
        report.Row(Figure.AtLeast(WantedMillions, rates.Median), "decode, million rows", "", rates.Format("F1"), "", "");
    }

    private static void LookUp(Report report, BenchOptions options, MetastockBars minutes)
    {
        var draw = new Random(1);
        var times = new List<double>();
        for (var round = -2; round < options.Rounds; round++)
        {
            var wanted = new long[LookUps];
            for (var i = 0; i < wanted.Length; i++)
            {
                wanted[i] = MetastockSample.MinuteAt(draw.Next(MetastockSample.Minutes));
            }

            long sum = 0;
            var started = Stopwatch.GetTimestamp();
            foreach (var time in wanted)
            {
                sum += minutes.IndexAtOrBefore(time);
            }

            var elapsed = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            if (sum != wanted.Sum(time => (time - MetastockSample.MinuteAt(0)) / 60))
            {
                throw new BenchException("a look-up found another row than that of its time");
            }

            if (round >= 0)
            {
                times.Add(elapsed / LookUps);
            }
        }

        var series = new Series(times);
        report.Row(Figure.AtMost(WantedMicroseconds, series.Median, " µs"), "look-up by date, µs each", "", series.Format("F3"), "", "");
    }

    private static int ReadAnew(MetastockSample sample, Random draw, MetastockPage page)
    {
        using var bars = MetastockBars.Open(sample.Daily);
        return Read(bars, draw, page, decimals: false);
    }

    /// <summary>The frames up to a random day.</summary>
    private static int Read(MetastockBars bars, Random draw, MetastockPage page, bool decimals)
    {
        var last = bars.IndexAtOrBefore(MetastockSample.DayAt(draw.Next(Frames, MetastockSample.Days)));
        var amount = 0;
        for (var left = Frames; left > 0; left -= page.Count)
        {
            bars.Read(last - left + 1, page, left);
            amount += page.Count;
            for (var i = 0; decimals && i < page.Count; i++)
            {
                page.FrameAt(i);
            }
        }

        return amount;
    }

    private static Slice Repeat(TimeSpan length, Func<int> work)
    {
        var started = Stopwatch.GetTimestamp();
        long amount = 0;
        TimeSpan elapsed;
        do
        {
            amount += work();
            elapsed = Stopwatch.GetElapsedTime(started);
        }
        while (elapsed < length);
        return new Slice(amount, elapsed, TimeSpan.Zero);
    }
}
