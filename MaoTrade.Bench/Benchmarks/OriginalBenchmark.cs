using System.Text;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Bench.Servers;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>The same portfolio through the stack the platform was first written on.</summary>
internal sealed class OriginalBenchmark : IBenchmark
{
    private const double Wanted = 20;
    private const int Connections = 32;

    private static readonly TimeSpan DefaultSlice = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    public string Name => "original";

    public string Summary => "GET /clientmt/portfolio on the gateway against FastAPI on uvicorn in front of the same engine";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var product = await GatewayUnderTest.StartAsync(children, downloads: 4);
        var report = Report.OfDuels("requests/s");
        report.Note("both: ES256 token check, the user's rights, two lines of request log, the portfolio from the same live engine");
        report.Note("FastAPI reads the user's row and opens a connection to the engine for every request, as its description says");
        foreach (var workers in new[] { 1, Environment.ProcessorCount })
        {
            var name = $"FastAPI, {workers} worker{(workers == 1 ? "" : "s")}";
            if (await PythonGateway.TryStartAsync(children, product, workers) is not { } original)
            {
                report.Row(null, $"{Connections} connections", name, "skipped: python3-fastapi, python3-uvicorn, python3-jwt are not installed", "", "");
                break;
            }

            using var load = Load(product, product.Gateway);
            using var other = Load(product, original);
            var duel = Duel.Run(
                Sides.Of("gateway", load, product.Gateway.ProcessId, product.Engine.ProcessId),
                Sides.Of(name, other, original.ProcessId),
                options.Rounds, options.Slice ?? DefaultSlice, WarmUp);
            report.Duel($"{Connections} connections", duel, Wanted, showsCpu: false);
        }

        return report;
    }

    private static LoadClient Load(GatewayUnderTest product, RunningServer server)
    {
        var request = Encoding.ASCII.GetBytes(
            $"GET /clientmt/portfolio?accountId={GatewayUnderTest.AccountId} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {product.Token}\r\n\r\n");
        return new LoadClient(new LoadPlan(server.Address, Connections, [request], Depth: 1, () => new HttpReplies()));
    }
}
