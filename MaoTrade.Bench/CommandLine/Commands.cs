using MaoTrade.Bench.Benchmarks;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Bench.Servers;

namespace MaoTrade.Bench.CommandLine;

/// <summary>From arguments to benchmarks; the servers they need are this executable, too.</summary>
internal static class Commands
{
    private const int Ran = 0;
    private const int Missed = 1;
    private const int Usage = 2;
    private const int Failed = 3;

    private static readonly IReadOnlyList<IBenchmark> All =
    [
        new WireBenchmark(), new FramingBenchmark(), new PortfolioBenchmark(), new DownloadBenchmark(), new IntentBenchmark(), new BarBenchmark(),
        new BacktestBenchmark(), new StartBenchmark(), new LiveBenchmark(), new HopBenchmark(), new FleetBenchmark(), new IsolationBenchmark(), new PeakBenchmark(),
        new OriginalBenchmark(), new MetastockBenchmark(), new IndicatorBenchmark(), new ModelBenchmark(),
        new ImportBenchmark(), new HistoryBenchmark(), new TickersBenchmark(),
        new ContainersBenchmark(), new UpgradeBenchmark(),
    ];

    public static Task<int> RunAsync(string[] arguments) =>
        arguments is [ServerCommand.Name, .. var rest] ? ServerCommand.RunAsync(rest) : RunBenchmarksAsync(arguments);

    private static async Task<int> RunBenchmarksAsync(string[] arguments)
    {
        var faults = new List<string>();
        var options = BenchOptions.Parse(arguments, faults);
        var chosen = Choose(options.Names, faults);
        if (faults.Count > 0)
        {
            faults.ForEach(Console.Error.WriteLine);
            return Usage;
        }

        if (options.Help || chosen.Count == 0)
        {
            Console.WriteLine(Help());
            return Ran;
        }

        await using var children = new Children();
        using var signals = new StopSignals(children);
        Console.WriteLine(Machine.Describe());
        var missed = 0;
        try
        {
            foreach (var benchmark in chosen)
            {
                missed += await RunAsync(benchmark, options, children);
            }
        }
        catch (Exception) when (signals.IsStopping)
        {
            // The servers are being ended: whatever failed for that is no news, and the process ends with them.
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        }
        catch (BenchException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return Failed;
        }

        return missed > 0 && options.Check ? Missed : Ran;
    }

    private static async Task<int> RunAsync(IBenchmark benchmark, BenchOptions options, Children children)
    {
        Console.WriteLine();
        Console.WriteLine($"== {benchmark.Name}: {benchmark.Summary}");
        var started = TimeProvider.System.GetTimestamp();
        var report = await benchmark.RunAsync(options, children);
        var load = Machine.Load();
        await children.StopAsync();
        Console.WriteLine(report.ToString());
        Console.WriteLine(
            $"   {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s; {load}");
        return report.Missed;
    }

    private static List<IBenchmark> Choose(IReadOnlyList<string> names, List<string> faults)
    {
        var chosen = new List<IBenchmark>();
        foreach (var name in names)
        {
            if (name == "all")
            {
                chosen.AddRange(All);
            }
            else if (All.FirstOrDefault(benchmark => benchmark.Name == name) is { } benchmark)
            {
                chosen.Add(benchmark);
            }
            else
            {
                faults.Add($"{name}: there is no such benchmark; --help lists them");
            }
        }

        return chosen;
    }

    private static string Help() =>
        $"""
        MaoTrade.Bench <name>… [--rounds N] [--seconds S] [--check]

        {string.Join(Environment.NewLine, All.Select(benchmark => $"  {benchmark.Name,-10} {benchmark.Summary}"))}
          {"all",-10} all of them, one after the other

          --rounds N   rounds in the order A-B-B-A, {BenchOptions.FewestRounds} or more (default {BenchOptions.FewestRounds})
          --seconds S  length of one slice of a side
          --check      exit code 1 when a figure is missed
        """;
}
