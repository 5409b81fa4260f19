using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Containers;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Whether anybody notices that both gateways are replaced, one after the other, under load.</summary>
internal sealed class UpgradeBenchmark : IBenchmark
{
    private const double PerSecond = 100;
    private const int Connections = 32;

    private static readonly TimeSpan LongestRoll = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    public string Name => "upgrade";

    public string Summary => "two gateways behind HAProxy are replaced by new containers, one after the other, under load: requests that failed";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var report = new Report("requests", "p50 ms", "p95 ms", "longest ms", "failed", "figure", "");
        var lack = await Docker.LackAsync() ?? (Docker.Find("haproxy") is null ? "haproxy is not installed" : null);
        if (lack is not null)
        {
            report.Row(null, "skipped", lack, "", "", "");
            return report;
        }

        await using var stack = await PodsUnderTest.StartAsync(children, ["up"], hasSecond: true);
        var accountId = stack.AccountOf("up");
        await stack.AddAsync(accountId);
        await PodsUnderTest.ReadyAsync(accountId, trading: false);
        await PodsUnderTest.UntilAsync("its systems run", async () =>
        {
            await stack.BeginTradingAsync(accountId);
            return true;
        });
        await stack.HealthyAsync("pods-gateway-b");
        var balancer = await BalanceAsync(children, stack);
        var before = await PodsUnderTest.StartedAsync(PodsUnderTest.EngineOf(accountId));

        // Loaded in pieces as long as the replacement takes: each begins where the one before ends, on connections of its own.
        var roll = RollAsync(stack);
        var client = new PacedClient(balancer, Connections, PerSecond, Mix(accountId, stack.Token));
        var result = await Task.Run(() => client.Run(Step));
        for (var began = TimeProvider.System.GetTimestamp(); !roll.IsCompleted && TimeProvider.System.GetElapsedTime(began) < LongestRoll;)
        {
            result = result.With(await Task.Run(() => client.Run(Step)));
        }

        var seconds = await roll;
        var touched = await PodsUnderTest.StartedAsync(PodsUnderTest.EngineOf(accountId)) != before;
        report.Note($"{PerSecond} requests/s on {Connections} kept connections: portfolio 12, orders 3, accounts 2, opening an order 1 of 18");
        report.Note($"both gateways replaced in {seconds:F0} s; the engine was {(touched ? "touched" : "not touched")}");
        report.Row(
            Figure.AtMost(0, result.Failures, ""),
            $"{result.Milliseconds.Count:N0}", $"{result.Percentile(0.5):F1}", $"{result.Percentile(0.95):F1}", $"{result.Milliseconds[^1]:F0}",
            $"{result.Failures:N0}");
        return report;
    }

    /// <summary>Each is stopped in order and made anew, as a new image would be; the next one waits until it is well.</summary>
    private static async Task<double> RollAsync(PodsUnderTest stack)
    {
        var began = TimeProvider.System.GetTimestamp();
        foreach (var service in new[] { "pods-gateway", "pods-gateway-b" })
        {
            await stack.ComposeAsync("up", "-d", "--no-build", "--no-deps", "--force-recreate", service);
            await stack.HealthyAsync(service);
            await Task.Delay(Step, TimeProvider.System);
        }

        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<IPEndPoint> BalanceAsync(Children children, PodsUnderTest stack)
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort.Of());
        var start = new ProcessStartInfo(Docker.Find("haproxy")!, ["-f", PodsUnderTest.BalancerFile, "-q"]) { UseShellExecute = false };
        start.Environment["BALANCER"] = address.ToString();
        start.Environment["GATEWAY_A"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{stack.Port}");
        start.Environment["GATEWAY_B"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{stack.SecondPort}");
        children.Start(start);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        await PodsUnderTest.UntilAsync("the balancer has found both", async () =>
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        });
        await Task.Delay(Step, TimeProvider.System);
        return address;
    }

    private static List<byte[]> Mix(string accountId, string token) =>
    [
        .. Enumerable.Repeat(Get($"/clientmt/portfolio?accountId={accountId}", token), 12),
        .. Enumerable.Repeat(Get($"/clientmt/orders?accountId={accountId}&limit=20", token), 3),
        .. Enumerable.Repeat(Get("/clientmt/accounts", token), 2),
        Post("/clientmt/orders/open", $$"""{"accountId":"{{accountId}}","epic":"USDJPY","opType":1,"qty":1}""", token),
    ];

    private static byte[] Get(string path, string token) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");

    private static byte[] Post(string path, string json, string token) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");
}
