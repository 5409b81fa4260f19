using System.Globalization;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>A broker with bars of a minute alone, a signal on five minutes: real processes.</summary>
[Collection("processes")]
public sealed class AggregationTests
{
    private const int Minute = 60;
    private const int Five = 300;
    private const int Minutes = 1_000;

    [Fact]
    public async Task A_signal_on_frames_the_engine_puts_together_trades_as_on_frames_of_that_length()
    {
        using var folder = new TemporaryFolder();
        var minutes = Walk();
        var fives = minutes.Chunk(Five / Minute)
            .Select(rows => (rows[0].Time, rows[0].Open, High: rows.Max(r => r.High), Low: rows.Min(r => r.Low), rows[^1].Close)).ToList();

        var byEngine = await TradeAsync(Write(folder, "minutes.csv", minutes), minutes[^1].Time, timeFrames: "60");
        var byBroker = await TradeAsync(Write(folder, "fives.csv", fives), fives[^1].Time, timeFrames: "");

        byBroker.Should().HaveCountGreaterThan(20);
        byEngine.Should().Equal(byBroker);
    }

    /// <summary>Orders with their frames as starts of five minutes: a decision at the end of a candle is made in its last minute.</summary>
    private static async Task<List<LedgerOrder>> TradeAsync(string market, long lastFrame, string timeFrames)
    {
        await using var rig = await TradingRig.StartAsync(market, "WALK", timeFrames: timeFrames);
        await rig.CreateSignalAsync("WALK", "MacdCrossover", Five, """{"fast_period":2,"slow_period":5,"stop_percent":50,"qty":10}""");
        await rig.FinishAsync(lastFrame, TimeSpan.FromMinutes(2));
        return [.. Ledger.Orders(rig.LedgerFile)["WALK"].Select(order => order with
        {
            Frame = order.Frame - (order.Frame % Five),
            FillFrame = order.FillFrame - (order.FillFrame % Five),
        })];
    }

    private static List<(long Time, decimal Open, decimal High, decimal Low, decimal Close)> Walk()
    {
        var random = new Random(11);
        var start = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var rows = new List<(long Time, decimal Open, decimal High, decimal Low, decimal Close)>();
        var price = 1_000m;
        for (var i = 0; i < Minutes; i++)
        {
            var open = price + random.Next(-2, 3);
            price = open + random.Next(-6, 7);
            rows.Add((start + (i * Minute), open, Math.Max(open, price) + random.Next(3), Math.Min(open, price) - random.Next(3), price));
        }

        return rows;
    }

    private static string Write(TemporaryFolder folder, string name, IEnumerable<(long Time, decimal Open, decimal High, decimal Low, decimal Close)> rows)
    {
        var file = folder.File(name);
        File.WriteAllLines(file, rows.Select(r => string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.FromUnixTimeSeconds(r.Time):yyyy-MM-dd'T'HH:mm:ss'Z'},{r.Open},{r.High},{r.Low},{r.Close}")).Prepend("time,open,high,low,close"));
        return file;
    }
}
