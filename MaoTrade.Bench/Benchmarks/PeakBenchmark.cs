using System.Text;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Ten times the busiest second of the design, at fixed times, on the product as a user starts it.</summary>
internal sealed class PeakBenchmark : IBenchmark
{
    /// <summary>The design expects 42 operations a second at the peak.</summary>
    private const double PerSecond = 420;
    private const int Connections = 64;
    private const double WantedMilliseconds = 250;

    private static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public string Name => "peak";

    public string Summary => $"{PerSecond} operations a second, a mix of reads, signals and orders: how long answers take";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var product = await GatewayUnderTest.StartAsync(children, downloads: 4);
        var mix = Mix(product.Token);
        var client = new PacedClient(product.Gateway.Address, Connections, PerSecond, mix);
        client.Run(WarmUp);
        var time = options.Slice ?? DefaultTime;
        int[] processes = [product.Gateway.ProcessId, product.Engine.ProcessId];
        var before = Array.ConvertAll(processes, id => ProcessFigures.Cpu(id));
        var result = client.Run(time);
        var used = processes.Zip(before, (id, cpu) => (ProcessFigures.Cpu(id) - cpu).TotalMicroseconds / result.Milliseconds.Count).ToArray();
        var report = new Report("operations", "p50 ms", "p95 ms", "p99 ms", "answers other than 200", "figure", "");
        report.Note($"of {mix.Count}: portfolio 12, orders 3, accounts 2, validating a signal 2, opening an order 1 (stored, sent, acknowledged by the paper broker)");
        report.Note($"{Connections} connections; {time.TotalSeconds:F0} s after {WarmUp.TotalSeconds:F0} s of warming up");
        report.Note($"processor for each operation: gateway {used[0]:F0} µs, engine {used[1]:F0} µs, so {1e6 / used.Sum():N0} operations a second and core");
        report.Row(
            Figure.AtMost(WantedMilliseconds, result.Percentile(0.95), " ms"),
            $"{result.Milliseconds.Count:N0}", $"{result.Percentile(0.5):F2}", $"{result.Percentile(0.95):F2}", $"{result.Percentile(0.99):F2}",
            $"{result.Failures:N0}");
        return report;
    }

    private static List<byte[]> Mix(string token)
    {
        const string account = GatewayUnderTest.AccountId;
        var mix = new List<byte[]>();
        mix.AddRange(Enumerable.Repeat(Get($"/clientmt/portfolio?accountId={account}", token), 12));
        mix.AddRange(Enumerable.Repeat(Get($"/clientmt/orders?accountId={account}&limit=20", token), 3));
        mix.AddRange(Enumerable.Repeat(Get("/clientmt/accounts", token), 2));
        mix.AddRange(Enumerable.Repeat(
            Post(
                "/clientmt/signal/validate",
                $$"""{"accountId":"{{account}}","signal":{"epic":"GBPUSD","system":"MacdCrossover","timeFrame":60,"params":{"fast_period":3,"slow_period":8,"qty":1} } }""",
                token),
            2));
        mix.Add(Post("/clientmt/orders/open", $$"""{"accountId":"{{account}}","epic":"USDJPY","opType":1,"qty":1}""", token));
        new Random(1).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(mix));
        return mix;
    }

    private static byte[] Get(string path, string token) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");

    private static byte[] Post(string path, string json, string token) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");
}
