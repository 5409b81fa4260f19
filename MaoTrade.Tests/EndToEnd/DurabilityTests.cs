using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>
/// Between the commit of an intent and the first byte of its reference lies an fdatasync of the journal, by the system calls
/// of the real process.
/// </summary>
[Collection("processes")]
public sealed class DurabilityTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [ServerFact("strace")]
    public async Task No_order_leaves_before_the_journal_that_names_it_is_on_the_disk()
    {
        using var folder = new TemporaryFolder();
        var market = folder.File("market.csv");
        await File.WriteAllLinesAsync(market, ZigZag(bars: 300));
        await using var rig = await TradingRig.StartAsync(market, "EURUSD");
        await rig.Engine.StopAsync();
        var traceFile = folder.File("trace");
        await rig.StartTracedEngineAsync(traceFile);
        await rig.CreateSignalAsync("EURUSD", "MacdCrossover", 60, """{"fast_period":2,"slow_period":3,"stop_percent":0,"qty":1000}""");
        await Until.TrueAsync("the last bar is taken", TimeSpan.FromMinutes(2), async () => await rig.FrameAsync() == 299 * 60);
        var references = (await rig.OrdersAsync()).ConvertAll(o => o.GetProperty("dealReference").GetString()!);
        await rig.Engine.StopAsync();

        var trace = await File.ReadAllLinesAsync(traceFile);
        output.WriteLine($"{references.Count} orders, {trace.Length} system calls");
        references.Count.Should().BeGreaterThan(20);
        SystemCalls.SentBeforeSynced(trace, references).Should().BeEmpty();
        var unsynced = trace.Where(line => !line.Contains("sync"));
        SystemCalls.SentBeforeSynced(unsynced, references).Should().HaveCount(references.Count, "without its syncs the same trace must be refused");
    }

    private static IEnumerable<string> ZigZag(int bars) =>
        Enumerable.Range(0, bars).Select(i => (Time: DateTimeOffset.FromUnixTimeSeconds(i * 60L), Price: 1.10m + (0.001m * Math.Abs((i % 8) - 4))))
            .Select(bar => FormattableString.Invariant($"{bar.Time:yyyy-MM-dd'T'HH:mm:ss'Z'},{bar.Price},{bar.Price},{bar.Price},{bar.Price},1"))
            .Prepend("time,open,high,low,close,volume");
}
