using System.Diagnostics;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>What frames cost once everything is warm: bytes allocated, which must be none, and time.</summary>
internal sealed class FramingBenchmark : IBenchmark
{
    private const int Frames = 1_000_000;

    public string Name => "framing";

    public string Summary => "bytes allocated and nanoseconds per frame parsed and written, over a million frames";

    public Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var report = new Report("frame", "bytes allocated per frame", "ns per frame, median (min–max)", "figure", "");
        var sample = new FrameSample();
        report.Note(
            $"{Frames:N0} frames a row after a warm-up; requests of {sample.RequestBytes} bytes, replies of {sample.ReplyBytes} bytes; 64 frames to a buffer");
        Measure(report, options, "request written", sample.WriteRequests);
        Measure(report, options, "request cut off and parsed, whole buffer", () => sample.ParseRequests(sample.Requests));
        Measure(report, options, "request cut off and parsed, segments of 1000 bytes", () => sample.ParseRequests(sample.SplitRequests));
        Measure(report, options, "reply written", sample.WriteReplies);
        Measure(report, options, "reply cut off and parsed, whole buffer", () => sample.ParseReplies(sample.Replies));
        Measure(report, options, "reply cut off and parsed, segments of 1000 bytes", () => sample.ParseReplies(sample.SplitReplies));
        return Task.FromResult(report);
    }

    /// <summary>Measures what handles <see cref="FrameSample.Batch"/> frames a call.</summary>
    private static void Measure(Report report, BenchOptions options, string name, Action batch)
    {
        var batches = Frames / FrameSample.Batch;
        for (var i = 0; i < batches / 10; i++)
        {
            batch();
        }

        var perRound = batches / options.Rounds;
        var times = new double[options.Rounds];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < times.Length; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < perRound; i++)
            {
                batch();
            }

            times[round] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / (perRound * (double)FrameSample.Batch);
        }

        var rest = batches - (perRound * options.Rounds);
        for (var i = 0; i < rest; i++)
        {
            batch();
        }

        var perFrame = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(batches * FrameSample.Batch);
        report.Row(new Figure("0 bytes", perFrame == 0), name, perFrame.ToString("0.######"), new Series(times).Format("F0"));
    }
}
