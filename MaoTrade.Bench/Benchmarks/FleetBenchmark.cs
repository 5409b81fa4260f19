using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Bench.Servers;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Whether a gateway that has many engines to choose from works harder for each request.</summary>
internal sealed class FleetBenchmark : IBenchmark
{
    private const int Many = 1_000;
    private const int Few = 10;
    private const int Connections = 8;

    /// <summary>Equal, within what two runs of the same load differ by.</summary>
    private const double Wanted = 0.95;

    private static readonly TimeSpan DefaultSlice = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public string Name => "fleet";

    public string Summary => $"portfolios of {Many:N0} engines in turn against those of {Few}, behind one gateway";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var engines = await ChildServer.StartManyAsync(children, ServerCommand.Engines, Environments.Engine, Many.ToString());
        var fleet = await FleetUnderTest.StartAsync(children, [.. engines.Select(engine => engine.Address)]);
        var report = Report.OfDuels("requests/s");
        report.Note($"{Connections} connections, each asks engines no other asks, so that no answer is shared; each engine's port belongs to an account, ten accounts to a user; engine: listener, router and services over a fixed snapshot");
        report.Note("CPU µs: of the gateway, per request");
        using var many = Load(fleet, Many);
        using var few = Load(fleet, Few);
        report.Duel(
            "every engine in turn",
            Duel.Run(
                Sides.Of($"{Many:N0} engines", many, fleet.Gateway.ProcessId),
                Sides.Of($"{Few} engines", few, fleet.Gateway.ProcessId),
                options.Rounds, options.Slice ?? DefaultSlice, WarmUp),
            Wanted);
        report.Note($"gateway's memory afterwards: {ProcessFigures.WorkingSetBytes(fleet.Gateway.ProcessId) / (1024 * 1024):N0} MiB");
        return report;
    }

    private static LoadClient Load(FleetUnderTest fleet, int engines) => new(new LoadPlan(
        fleet.Gateway.Address, Connections, [.. fleet.PortfolioRequests.Take(engines)], Depth: 1, () => new HttpReplies()));
}
