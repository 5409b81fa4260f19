using System.Globalization;
using System.Text.Json;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Desks;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>How long a killed engine needs to be ready again when much is open.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const int OpenItems = 1_000;
    private const double WantedSeconds = 1;

    private static readonly string[] Epics = ["EURUSD", "GBPUSD", "USDJPY", "AUDUSD", "USDCHF"];

    public string Name => "start";

    public string Summary => $"a killed engine with {OpenItems:N0} open items, from its start as a process until it is ready";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var report = new Report("case", "seconds, median (min–max)", "figure", "");
        report.Note("SIGKILL, then the start of the runtime, lease, schema check, loading, each order looked up at the broker process, fills, positions");
        using var engine = new EngineUnderTest(children);
        engine.StartBroker(Epics);
        await engine.StartEngineAsync();
        report.Row(null, "nothing open", (await RestartAsync(engine, options.Rounds)).Format("F2"));
        for (var i = 0; i < OpenItems; i++)
        {
            await engine.AskAsync(
                $$"""{"srvId":1,"clientOrderId":"bench-{{i}}","epic":"{{Epics[i % Epics.Length]}}","opType":1,"orderType":1,"qty":1,"price":0.{{1 + (i % 9)}}}""");
        }

        await UntilAcceptedAsync(engine);
        var open = await RestartAsync(engine, options.Rounds);
        report.Row(Figure.AtMost(WantedSeconds, open.Median, " s"), $"{OpenItems:N0} working orders", open.Format("F2"));
        return report;
    }

    private static async Task<Series> RestartAsync(EngineUnderTest engine, int rounds)
    {
        var seconds = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            await engine.KillEngineAsync();
            seconds[round] = (await engine.StartEngineAsync()).TotalSeconds;
        }

        return new Series(seconds);
    }

    private static async Task UntilAcceptedAsync(EngineUnderTest engine)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            var accepted = 0;
            for (string? cursor = "0"; cursor is not null;)
            {
                using var page = JsonDocument.Parse(await engine.AskAsync($$"""{"srvId":11,"limit":50,"cursor":"{{cursor}}"}"""));
                var data = page.RootElement.GetProperty("data");
                accepted += data.GetProperty("orders").EnumerateArray().Count(order => order.GetProperty("execState").GetInt32() == 2);
                cursor = data.GetProperty("cursor").GetString();
            }

            if (accepted == OpenItems)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new BenchException(string.Create(CultureInfo.InvariantCulture, $"the {OpenItems} orders are not all accepted"));
    }
}
