using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>The lockstep replay that disturbed engines are held against: hourly EURUSD, a system that trades every few bars.</summary>
public static class HourlyReplay
{
    public const string Epic = "EURUSD";

    /// <summary>The system that trades.</summary>
    public const string System = "MacdCrossover";

    /// <summary>Longest replay.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private const string Parameters = """{"fast_period":2,"slow_period":5,"stop_percent":0.2,"qty":1000}""";

    /// <summary>The first rows of the data in a file of their own.</summary>
    public static (string File, long LastFrame) Shorten(TemporaryFolder folder, int rows)
    {
        var lines = File.ReadLines(Path.Combine(Repository.MarketData!, "fx", "eurusd-hour.csv")).Take(rows + 1).ToArray();
        var file = folder.File("eurusd.csv");
        File.WriteAllLines(file, lines);
        return (file, ReferenceReplay.ReadBidAsk(lines)[^1].Frame);
    }

    /// <summary>Orders of an undisturbed run.</summary>
    public static async Task<List<LedgerOrder>> RunAsync(string market, long lastFrame)
    {
        await using var rig = await TradingRig.StartAsync(market, Epic);
        await TradeAsync(rig);
        await rig.FinishAsync(lastFrame, Deadline);
        return Ledger.Orders(rig.LedgerFile)[Epic];
    }

    /// <summary>Creates the signal; its id.</summary>
    public static Task<string> TradeAsync(TradingRig rig) => rig.CreateSignalAsync(Epic, System, 3600, Parameters);
}
