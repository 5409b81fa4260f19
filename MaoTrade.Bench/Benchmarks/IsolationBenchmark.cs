using System.Net;
using System.Net.Sockets;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Bench.Servers;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Whether accounts feel that the engine of another one is dead or stands still.</summary>
internal sealed class IsolationBenchmark : IBenchmark
{
    private const int Accounts = 10;
    private const double PerSecond = 400;
    private const double NeighbourPerSecond = 100;
    private const double Wanted = 1.1;

    private static readonly TimeSpan DefaultSlice = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    public string Name => "isolation";

    public string Summary => "p99 of nine accounts while the engine of a tenth is well, dead, or stands still";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var engines = await ChildServer.StartManyAsync(children, ServerCommand.Engines, Environments.Engine, Accounts.ToString());
        var silent = await ChildServer.StartAsync(children, ServerCommand.Silent, Environments.Engine);
        var fleet = await FleetUnderTest.StartAsync(
            children, [.. engines.Select(engine => engine.Address), new IPEndPoint(IPAddress.Loopback, DeadPort()), silent.Address]);
        var others = new PacedClient(fleet.Gateway.Address, 16, PerSecond, [.. fleet.PortfolioRequests.Take(Accounts - 1)]);
        Neighbour[] neighbours =
        [
            new("well", Client(fleet, Accounts - 1)), new("dead", Client(fleet, Accounts)), new("standing still", Client(fleet, Accounts + 1)),
        ];
        var report = new Report("tenth engine", "p50 ms of the others", "p99 ms, median (min–max)", "p99 / p99 while it is well", "failures of the tenth", "figure", "");
        report.Note($"{PerSecond} requests/s to nine accounts, {NeighbourPerSecond} to the tenth, at fixed times; each round: well, dead, still, still, dead, well");
        others.Run(WarmUp);
        foreach (var neighbour in neighbours)
        {
            Measure(others, neighbour, WarmUp / 3);
            neighbour.Forget();
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var neighbour in neighbours.Concat(neighbours.Reverse()))
            {
                Measure(others, neighbour, (options.Slice ?? DefaultSlice) / 2);
            }
        }

        foreach (var neighbour in neighbours)
        {
            var ratio = new Series(neighbour.Rounds().Zip(neighbours[0].Rounds(), (one, well) => one.Percentile(0.99) / well.Percentile(0.99)));
            report.Row(
                ReferenceEquals(neighbour, neighbours[0]) ? null : Figure.AtMost(Wanted, ratio.Median, ""),
                neighbour.Name,
                new Series(neighbour.Rounds().Select(result => result.Percentile(0.5))).Format("F2"),
                new Series(neighbour.Rounds().Select(result => result.Percentile(0.99))).Format("F2"),
                ratio.Format("F2"),
                $"{neighbour.Failures:N0}");
        }

        return report;
    }

    private static void Measure(PacedClient others, Neighbour neighbour, TimeSpan time)
    {
        var load = Task.Run(() => neighbour.Client.Run(time));
        neighbour.Slices.Add(others.Run(time));
        neighbour.Failures += load.GetAwaiter().GetResult().Failures;
    }

    /// <summary>As many connections as requests can be waiting for an engine that stands still.</summary>
    private static PacedClient Client(FleetUnderTest fleet, int account) =>
        new(fleet.Gateway.Address, 32, NeighbourPerSecond, [fleet.PortfolioRequests[account]]);

    private static int DeadPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Neighbour(string name, PacedClient client)
    {
        public string Name => name;

        public PacedClient Client => client;

        public List<PacedResult> Slices { get; } = [];

        public long Failures { get; set; }

        public void Forget()
        {
            Slices.Clear();
            Failures = 0;
        }

        /// <summary>Each round measures twice: what drifts meets all alike.</summary>
        public IEnumerable<PacedResult> Rounds() => Slices.Chunk(2).Select(pair => pair[0].With(pair[1]));
    }
}
