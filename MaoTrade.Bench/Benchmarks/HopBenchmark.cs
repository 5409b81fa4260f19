using System.Buffers;
using System.Diagnostics;
using System.Text;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>What the way through the gateway adds to one portfolio, one request at a time.</summary>
internal sealed class HopBenchmark : IBenchmark
{
    private const int TradeService = 2;
    private const double WantedMicroseconds = 60;

    private static readonly TimeSpan DefaultSlice = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public string Name => "hop";

    public string Summary => "the time of one portfolio through the gateway, less that of asking the engine";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var product = await GatewayUnderTest.StartAsync(children, downloads: 4);
        var report = new Report("case", "µs at p50, median (min–max)", "µs at p99, median (min–max)", "figure", "");
        report.Note("one connection each, one request at a time, in turn: gateway, engine, engine, gateway; the same live engine answers both");
        using var gateway = new LoadConnection(product.Gateway.Address, new HttpReplies());
        var http = Encoding.ASCII.GetBytes(
            $"GET /clientmt/portfolio?accountId={GatewayUnderTest.AccountId} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {product.Token}\r\n\r\n");
        var wire = WireRequest();
        Measure(gateway, http, WarmUp);

        // An engine closes a connection that asks nothing for five seconds.
        using var engine = new LoadConnection(product.Engine.Address, new WireReplies());
        Measure(engine, wire, WarmUp / 2);
        var rounds = new List<(PacedResult Gateway, PacedResult Engine)>();
        var slice = options.Slice ?? DefaultSlice;
        for (var i = 0; i < options.Rounds; i++)
        {
            var first = Measure(gateway, http, slice);
            var second = Measure(engine, wire, slice * 2);
            rounds.Add((first.With(Measure(gateway, http, slice)), second));
        }

        report.Row(null, "through the gateway", Format(rounds.Select(round => round.Gateway), 0.5), Format(rounds.Select(round => round.Gateway), 0.99));
        report.Row(null, "engine, direct TCP", Format(rounds.Select(round => round.Engine), 0.5), Format(rounds.Select(round => round.Engine), 0.99));
        var added = new Series(rounds.Select(round => 1000 * (round.Gateway.Percentile(0.5) - round.Engine.Percentile(0.5))));
        report.Row(Figure.AtMost(WantedMicroseconds, added.Median, " µs"), "added by the gateway", added.Format("F0"), "");
        return report;
    }

    private static string Format(IEnumerable<PacedResult> results, double part) =>
        new Series(results.Select(result => 1000 * result.Percentile(part))).Format("F0");

    private static PacedResult Measure(LoadConnection connection, byte[] request, TimeSpan time)
    {
        var milliseconds = new List<double>();
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < time;)
        {
            var asked = Stopwatch.GetTimestamp();
            connection.Exchange(request, 1);
            milliseconds.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        return new PacedResult([.. milliseconds.Order()], 0);
    }

    private static byte[] WireRequest()
    {
        var output = new ArrayBufferWriter<byte>();
        RequestWriter.Write(output, TradeService, """{"srvId":3}"""u8, id: 1, requestId: null, RequestHead.DefaultTimeToLiveMs);
        return output.WrittenSpan.ToArray();
    }
}
