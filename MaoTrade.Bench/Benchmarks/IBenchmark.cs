using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>One question with a table as its answer.</summary>
internal interface IBenchmark
{
    string Name { get; }

    string Summary { get; }

    Task<Report> RunAsync(BenchOptions options, Children children);
}
