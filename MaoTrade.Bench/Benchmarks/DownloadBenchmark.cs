using System.Buffers;
using System.Text;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>A day's log as ZIP: through the gateway beside straight from the engine, and what 64 at once cost the gateway.</summary>
internal sealed class DownloadBenchmark : IBenchmark
{
    private const int LogService = 1;
    private const int Parallel = 64;
    private const int FileBytes = 64 * 1024 * 1024;
    private const double WantedRatio = 0.45;
    private const double WantedKibibytes = 256;
    private const double Mebibyte = 1024 * 1024;
    private const string Day = "2020-01-01";

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BeginTimeout = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(90);

    public string Name => "download";

    public string Summary => "log ZIP through the gateway against straight from the engine, and memory of 64 downloads at once";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var product = await GatewayUnderTest.StartAsync(children, Parallel);
        await WriteDayAsync(product.EngineLogs);
        var report = Report.OfDuels("MiB/s");
        report.Note($"a day file of {FileBytes / Mebibyte:F0} MiB of noise, so that the ZIP is as long; the engine makes and spools a ZIP for each request");
        report.Note("rates count from the first byte of the payload to the last, on one connection per side");
        Compare(report, product, options);
        await WeighAsync(report, product);
        return report;
    }

    private static void Compare(Report report, GatewayUnderTest product, BenchOptions options)
    {
        using var gateway = new DownloadConnection(product.Gateway.Address, HttpRequest(product), HttpHead.TryRead);
        using var engine = new DownloadConnection(product.Engine.Address, WireRequest(), WireHead.TryRead);
        var waits = (Gateway: new List<double>(), Engine: new List<double>());
        var duel = Duel.Run(
            Side("gateway", gateway, waits.Gateway, product.Gateway.ProcessId, product.Engine.ProcessId),
            Side("engine, direct TCP", engine, waits.Engine, product.Engine.ProcessId),
            options.Rounds, default, default);
        report.Duel("one download", duel, WantedRatio, "N0", Mebibyte, showsCpu: false);
        report.Row(null, "wait for the first byte, ms", "gateway", new Series(waits.Gateway).Format("F0"), "", "");
        report.Row(null, "", "engine, direct TCP", new Series(waits.Engine).Format("F0"), "", "");
    }

    private static Side Side(string name, DownloadConnection connection, List<double> waits, params int[] processIds) => new(name, _ =>
    {
        var before = ProcessFigures.Cpu(processIds);
        var transfer = connection.Receive();
        waits.Add(transfer.Waiting.TotalMilliseconds);
        return new Slice(transfer.PayloadBytes, transfer.Receiving, ProcessFigures.Cpu(processIds) - before);
    });

    /// <summary>The gateway has served downloads before; what it holds without any is idle, the largest it ever held afterwards the peak.</summary>
    private static async Task WeighAsync(Report report, GatewayUnderTest product)
    {
        var processId = product.Gateway.ProcessId;
        await Task.Delay(Settle, TimeProvider.System);
        var idle = ProcessFigures.WorkingSetBytes(processId);
        ProcessFigures.ForgetPeak(processId);
        using var readers = new SlowReaders(product.Gateway.Address, HttpRequest(product), HttpHead.TryRead, Parallel);
        readers.Start();
        readers.WaitUntilAllRead(BeginTimeout);
        await Task.Delay(Watch, TimeProvider.System);
        var together = ProcessFigures.PeakBytes(processId);
        readers.Finish(EndTimeout);
        var peak = ProcessFigures.PeakBytes(processId);
        var each = (peak - idle) / 1024.0 / Parallel;
        report.Row(
            Figure.AtMost(WantedKibibytes, each, " KiB each"),
            $"{Parallel} downloads at once", "gateway",
            $"idle {idle / Mebibyte:F1} MiB, all {Parallel} reading slowly {together / Mebibyte:F1} MiB, peak {peak / Mebibyte:F1} MiB", "",
            $"{each:F0} KiB each");
        report.Note($"{Parallel} at once: {readers.PayloadBytes / Mebibyte:N0} MiB in all, slow until every one had begun, then at full speed");
    }

    private static async Task WriteDayAsync(string folder)
    {
        var noise = new byte[1024 * 1024];
        var random = new Random(20260302);
        await using var file = new FileStream(Path.Combine(folder, $"maotrade-{Day}.log"), FileMode.CreateNew);
        for (var written = 0; written < FileBytes; written += noise.Length)
        {
            random.NextBytes(noise);
            await file.WriteAsync(noise);
        }
    }

    private static byte[] HttpRequest(GatewayUnderTest product)
    {
        var body = $$"""{"accountId":"{{GatewayUnderTest.AccountId}}","logDate":"{{Day}}"}""";
        return Encoding.ASCII.GetBytes(
            $"POST /clientmt/log HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {product.Token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static byte[] WireRequest()
    {
        var output = new ArrayBufferWriter<byte>();
        var data = Encoding.ASCII.GetBytes($$"""{"logDate":"{{Day}}"}""");
        RequestWriter.Write(output, LogService, data, id: 1, requestId: null, RequestHead.DefaultTimeToLiveMs);
        return output.WrittenSpan.ToArray();
    }
}
