using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Bench.Servers;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Market history out of the store, beside Kestrel sending the same bytes.</summary>
internal sealed class HistoryBenchmark : IBenchmark
{
    private const string Path = "/srv/ticker/market-data";
    private const int Bars = 5_000;
    private const int Day = 86_400;
    private const int Connections = 4;
    private const double Wanted = 0.5;

    /// <summary>More than fit into the memory the gateway keeps for what it has read.</summary>
    private const int Tickers = 300;

    private static readonly TimeSpan DefaultSlice = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    public string Name => "history";

    public string Summary => "POST /srv/ticker/market-data of 5,000 bars against Kestrel sending the same bytes";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var product = await GatewayUnderTest.StartAsync(children, downloads: 4);
        await using (var store = await HistoryUnderTest.CreateAsync(product.DataFolder, isNew: false))
        {
            await store.AddTickersAsync(Enumerable.Range(0, Tickers).Select(n => ($"T{n}", $"Ticker {n}")));
            for (var n = 0; n < Tickers; n++)
            {
                await store.WriteAsync($"T{n}", Day, BarSample.Days(Bars, n));
            }
        }

        var report = Report.OfDuels("requests/s");
        report.Note($"{Connections} connections; gateway: service certificate, rate limit (raised), request log; Kestrel: nothing but the bytes");
        report.Note($"known: one ticker again and again; cold: {Tickers} tickers in turn, more than the gateway keeps, each read from SQLite, unpacked and written anew");
        foreach (var shape in new[] { "rows", "columns" })
        {
            var json = await AskAsync(product, Body(0, shape));
            var file = System.IO.Path.Combine(children.CreateFolder(), "bars.json");
            await File.WriteAllBytesAsync(file, json);
            var kestrel = await ChildServer.StartAsync(children, ServerCommand.Http, Environments.WebProject, Path, file);
            report.Note($"{shape}: {json.Length} bytes");
            using var peer = new LoadClient(new LoadPlan(
                kestrel.Address, Connections, [Encoding.ASCII.GetBytes($"GET {Path} HTTP/1.1\r\nHost: localhost\r\n\r\n")], Depth: 1, () => new HttpReplies()));
            foreach (var (name, tickers, wanted) in new[] { ("known", 1, Wanted), ("cold", Tickers, (double?)null) })
            {
                using var load = new LoadClient(new LoadPlan(
                    product.Gateway.Address, Connections, [[]], Depth: 1, () => new HttpReplies())
                { Make = Requests(shape, tickers) });
                report.Duel(
                    $"{shape}, {name}",
                    Duel.Run(
                        Sides.Of("gateway", load, product.Gateway.ProcessId), Sides.Of("Kestrel alone", peer, kestrel.ProcessId),
                        options.Rounds, options.Slice ?? DefaultSlice, WarmUp),
                    wanted);
            }
        }

        return report;
    }

    private static string Body(int ticker, string shape) =>
        $$"""{"ticker":"T{{ticker}}","timeFrame":{{Day}},"toDate":"2026-11-21","frames":{{Bars}},"format":"{{shape}}"}""";

    private static (string Name, string Value) Certificate()
    {
        var minute = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        return ("service-cert", Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{GatewayUnderTest.ServicePhrase} @: {minute}"))));
    }

    private static async Task<byte[]> AskAsync(GatewayUnderTest product, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{product.Gateway.Address}{Path}"));
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var (name, value) = Certificate();
        request.Headers.Add(name, value);
        using var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync() : throw new BenchException($"the gateway answers {(int)answer.StatusCode}");
    }

    private static Func<byte[]> Requests(string shape, int tickers)
    {
        var number = 0;
        return () =>
        {
            var body = Body((int)((uint)Interlocked.Increment(ref number) % tickers), shape);
            var (name, value) = Certificate();
            return Encoding.ASCII.GetBytes(
                $"POST {Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{name}: {value}\r\n\r\n{body}");
        };
    }
}
