using System.Text;
using System.Text.Json;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Protocol.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Live updates of one account to very many clients, some of which read nothing.</summary>
internal sealed class LiveBenchmark : IBenchmark
{
    private const int Clients = 5_000;
    private const int StalledInHundred = 1;
    private const int Opening = 32;

    /// <summary>More than may wait for a client and what the system holds for one that reads nothing.</summary>
    private const int Events = 600;
    private const int WarmUpEvents = 100;
    private const double KibibytesPerClient = 64;

    private static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(240);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    public string Name => "live";

    public string Summary => $"{Clients:N0} live clients of one account, {StalledInHundred} % of which read nothing";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var product = await GatewayUnderTest.StartAsync(children, downloads: 4);
        var report = new Report("what", "measured", "figure", "");
        report.Note("gateway with log-in, token check, rate limit and request log; its real engine; WebSockets over loopback, channel orders");
        var clients = new List<LiveListener>();
        try
        {
            // The first ones compile what is hot and make the runtime's own rooms.
            await OpenAsync(product, clients, 100);
            await using var engine = new MTProxy(
                product.Engine.Address.Address.ToString(), product.Engine.Address.Port, new MTProxyOptions(), TimeProvider.System, NullLogger<MTProxy>.Instance);
            await TradeAsync(engine, [.. clients.Where(client => !client.IsStalled)], WarmUpEvents);
            var before = ProcessFigures.WorkingSetBytes(product.Gateway.ProcessId);
            await OpenAsync(product, clients, Clients - clients.Count);
            var connected = ProcessFigures.WorkingSetBytes(product.Gateway.ProcessId);
            await MeasureAsync(report, product, engine, clients, before, connected);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        return report;
    }

    private static async Task MeasureAsync(
        Report report, GatewayUnderTest product, MTProxy engine, List<LiveListener> clients, long before, long connected)
    {
        var stalled = clients.FindAll(client => client.IsStalled);
        var reading = clients.FindAll(client => !client.IsStalled);
        using var end = new CancellationTokenSource();
        var pinging = PingAsync(clients, end.Token);
        var cpu = ProcessFigures.Cpu(product.Gateway.ProcessId);
        var began = TimeProvider.System.GetTimestamp();
        var released = ReleaseAsync(product, stalled, end.Token);
        await TradeAsync(engine, reading, Events);
        var took = TimeProvider.System.GetElapsedTime(began);
        cpu = ProcessFigures.Cpu(product.Gateway.ProcessId) - cpu;
        var after = ProcessFigures.WorkingSetBytes(product.Gateway.ProcessId);
        await released;
        await Task.WhenAll(stalled.Select(client => client.EndedAsync()));
        await end.CancelAsync();
        await pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        await SettleAsync(reading);
        var last = reading.Max(client => client.Last);
        var complete = reading.Count(client => client.Faults == 0 && client.Last == last && client.CloseCode == 0);
        var messages = reading.Sum(client => client.Events);
        Row(report, "clients that read and got every event in order", complete, reading.Count);
        Row(report, "clients that read nothing and were closed with 4429", stalled.Count(client => client.CloseCode == 4429), stalled.Count);
        Memory(report, "gateway's memory per client, connected and subscribed", connected - before, clients.Count);
        Memory(report, $"gateway's memory per client, after {messages:N0} messages", after - before, clients.Count);
        report.Row(null, "messages per second", $"{messages / took.TotalSeconds:N0}");
        report.Row(null, "CPU µs of the gateway per message", $"{cpu.TotalMicroseconds / messages:F1}");
    }

    private static void Row(Report report, string what, int count, int wanted) =>
        report.Row(new Figure($"{wanted:N0}", count == wanted), what, $"{count:N0} of {wanted:N0}");

    private static void Memory(Report report, string what, long bytes, int clients)
    {
        var kibibytes = bytes / 1024.0 / clients;
        report.Row(Figure.AtMost(KibibytesPerClient, kibibytes, " KiB"), what, $"{kibibytes:F1} KiB");
    }

    private static async Task OpenAsync(GatewayUnderTest product, List<LiveListener> clients, int count)
    {
        var added = new LiveListener[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = Opening }, async (index, _) =>
            added[index] = await LiveListener.StartAsync(
                product.Gateway.Address, product.Token, GatewayUnderTest.AccountId,
                isStalled: (clients.Count + index) % (100 / StalledInHundred) == 0));
        clients.AddRange(added);
    }

    /// <summary>Places orders far from the market and takes them back until so many steps were told; never far ahead of the slowest reader.</summary>
    private static async Task TradeAsync(MTProxy engine, List<LiveListener> reading, int events)
    {
        var began = TimeProvider.System.GetTimestamp();
        var first = reading.Max(client => client.Last);
        for (var placed = 0L; placed < events;)
        {
            var order = await AskAsync(engine, """{"srvId":1,"epic":"EURUSD","opType":1,"orderType":1,"qty":1,"price":0.01}""");
            var id = order.GetProperty("order").GetProperty("orderId").GetString();
            await AskAsync(engine, $$"""{"srvId":13,"orderId":"{{id}}"}""");
            // The next order comes when everybody has heard of this one: created and ended at least.
            var wanted = reading.Max(client => client.Last);
            while (reading.Min(client => client.Last) < wanted || wanted - first <= placed)
            {
                await Task.Delay(LookInterval, TimeProvider.System);
                wanted = reading.Max(client => client.Last);
                if (TimeProvider.System.GetElapsedTime(began) > Deadline)
                {
                    return;
                }
            }

            placed = wanted - first;
        }
    }

    private static async Task<JsonElement> AskAsync(MTProxy engine, string data)
    {
        await using var reply = await engine.SendAsync(new ProxyRequest(2, Encoding.UTF8.GetBytes(data)), CancellationToken.None);
        return reply is { Result: ProxyResult.NoError, Code: 0 or 409 }
            ? JsonDocument.Parse(reply.Data).RootElement
            : throw new BenchException($"the engine refused an order: {reply.Result} {reply.Code} {reply.Message}{reply.Detail}");
    }

    /// <summary>The last order may still be on its way to its end: waits until all have heard the same.</summary>
    private static async Task SettleAsync(List<LiveListener> reading)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (reading.Exists(client => client.Last != reading[0].Last) && TimeProvider.System.GetElapsedTime(began) < Deadline / 8)
        {
            await Task.Delay(LookInterval, TimeProvider.System);
        }
    }

    /// <summary>Once the gateway has cut those that read nothing, lets them read what they were told.</summary>
    private static async Task ReleaseAsync(GatewayUnderTest product, List<LiveListener> stalled, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var http = new HttpClient { BaseAddress = new Uri($"http://{product.Gateway.Address}") };
        var wanted = $"mao_live_cut_total {stalled.Count}";
        while (TimeProvider.System.GetElapsedTime(began) < Deadline
            && !(await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken)).Contains(wanted, StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }

        stalled.ForEach(client => client.Listen());
    }

    /// <summary>Every client, also one that reads nothing, says now and then that it is there.</summary>
    private static async Task PingAsync(List<LiveListener> clients, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PingPeriod / 20, TimeProvider.System);
        for (var turn = 0; await timer.WaitForNextTickAsync(cancellationToken); turn++)
        {
            foreach (var client in clients.Where((client, index) => index % 20 == turn % 20 && client.CloseCode == 0 && !client.IsBroken))
            {
                await client.PingAsync();
            }
        }
    }
}
