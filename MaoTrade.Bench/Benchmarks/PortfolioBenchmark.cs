using System.Net.Http.Headers;
using System.Text;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Bench.Servers;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>What the gateway adds to a portfolio: token, rights, request log, the engine's answer; beside Kestrel alone.</summary>
internal sealed class PortfolioBenchmark : IBenchmark
{
    private const string Path = "/clientmt/portfolio";
    private const double Wanted = 0.5;

    private static readonly TimeSpan DefaultSlice = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Until the runtime has compiled what is hot, on a machine that has other work too.</summary>
    private static readonly TimeSpan Compilation = TimeSpan.FromSeconds(12);
    private static readonly int[] Connections = [8, 32];

    public string Name => "portfolio";

    public string Summary => "GET /clientmt/portfolio on the gateway against Kestrel answering the same JSON, with and without a gateway's duties";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var product = await GatewayUnderTest.StartAsync(children, downloads: 4);
        var query = $"{Path}?accountId={GatewayUnderTest.AccountId}";
        var json = await AskAsync(product, query);
        var file = System.IO.Path.Combine(children.CreateFolder(), "portfolio.json");
        await File.WriteAllBytesAsync(file, json);
        var kestrel = await ChildServer.StartAsync(children, ServerCommand.Http, Environments.WebProject, Path, file);
        var dutiful = await ChildServer.StartAsync(
            children, ServerCommand.DutifulHttp, Environments.WebProject, Path, file, await product.WritePublicKeyAsync(children),
            System.IO.Path.Combine(children.CreateFolder(), "requests.log"));
        var request = Encoding.ASCII.GetBytes(
            $"GET {query} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {product.Token}\r\n\r\n");
        var report = Report.OfDuels("requests/s");
        report.Note("gateway: its own process with log-in, token check, rate limit (raised) and request log; real engines behind it, trading on the paper market");
        report.Note("Kestrel with duties: token check, rate limit, metrics and request log by the framework's means, no engine");
        report.Note($"all answer {json.Length} bytes of JSON to the same request bytes; CPU µs: of gateway and engine, or of Kestrel, per request");
        Compile(product.Gateway, request);
        Compile(kestrel, request);
        Compile(dutiful, request);
        foreach (var connections in Connections)
        {
            using var load = Load(product.Gateway, connections, request);
            foreach (var (name, peer, wanted) in new[] { ("Kestrel with duties", dutiful, Wanted), ("Kestrel alone", kestrel, (double?)null) })
            {
                using var other = Load(peer, connections, request);
                report.Duel(
                    $"{connections} connections",
                    Duel.Run(
                        Sides.Of("gateway", load, product.Gateway.ProcessId, product.Engine.ProcessId),
                        Sides.Of(name, other, peer.ProcessId),
                        options.Rounds, options.Slice ?? DefaultSlice, WarmUp),
                    wanted);
            }
        }

        return report;
    }

    private static void Compile(RunningServer server, byte[] request)
    {
        using var load = Load(server, Connections[^1], request);
        load.Run(Compilation);
    }

    private static LoadClient Load(RunningServer server, int connections, byte[] request) =>
        new(new LoadPlan(server.Address, connections, [request], Depth: 1, () => new HttpReplies()));

    private static async Task<byte[]> AskAsync(GatewayUnderTest product, string query)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{product.Gateway.Address}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", product.Token);
        return await http.GetByteArrayAsync(new Uri(query, UriKind.Relative));
    }
}
