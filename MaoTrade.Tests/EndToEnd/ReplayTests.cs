using System.Text.Json;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>Real data through a real broker process and a real engine process, against orders worked out apart.</summary>
[Collection("processes")]
public sealed class ReplayTests
{
    [MarketDataFact]
    public async Task Hourly_EURUSD_trades_as_worked_out_apart()
    {
        var file = Path.Combine(Repository.MarketData!, "fx", "eurusd-hour.csv");
        using var folder = new TemporaryFolder();
        var lines = File.ReadLines(file).Take(4_001).ToArray();
        var market = folder.File("eurusd.csv");
        await File.WriteAllLinesAsync(market, lines);
        var bars = ReferenceReplay.ReadBidAsk(lines);
        var expected = ReferenceReplay.MacdCrossover("demo", "EURUSD", bars, fast: 5, slow: 12, stopPercent: 0.2m, qty: 1_000m);
        expected.Should().Contain(o => o.OrderType == 2, "the stop must be hit, or this proves less than it says");

        await using var rig = await TradingRig.StartAsync(market, "EURUSD");
        await rig.CreateSignalAsync("EURUSD", "MacdCrossover", 3600, """{"fast_period":5,"slow_period":12,"stop_percent":0.2,"qty":1000}""");
        await Until.TrueAsync("the last bar is taken", TimeSpan.FromMinutes(2), async () => await rig.FrameAsync() == bars[^1].Frame);

        var ledger = Ledger.Orders(rig.LedgerFile)["EURUSD"];
        ledger.Select(WithoutDecision).Should().Equal(expected.Select(WithoutDecision));
        ledger.Where(o => o.OrderType == 0).Select(o => o.Frame).Should().Equal(expected.Where(o => o.OrderType == 0).Select(o => o.Frame));
        await PortfolioShouldAgreeAsync(rig, expected);
    }

    /// <summary>A broker's own stop has no frame of decision of ours.</summary>
    private static LedgerOrder WithoutDecision(LedgerOrder order) => order with { Frame = 0, StopPrice = order.OrderType == 0 ? order.StopPrice : null };

    private static async Task PortfolioShouldAgreeAsync(TradingRig rig, List<LedgerOrder> expected)
    {
        var portfolio = await rig.AskAsync(2, """{"srvId":3}""");
        var cash = 1_000_000_000m;
        var qty = 0m;
        var entry = 0m;
        foreach (var order in expected.Where(o => o.FillFrame != 0))
        {
            cash += order.Action == 1 ? (order.FillPrice - entry) * order.Qty : 0;
            qty += order.Action == 0 ? order.Qty : -order.Qty;
            entry = order.FillPrice;
        }

        portfolio.GetProperty("account").GetProperty("totalCash").GetDecimal().Should().Be(cash);
        portfolio.GetProperty("positions").EnumerateArray().Sum(p => p.GetProperty("qty").GetDecimal()).Should().Be(qty);
        portfolio.GetProperty("unknownOrders").GetInt32().Should().Be(0);
        (await OrdersAsync(rig)).Count.Should().Be(expected.Count);
    }

    private static async Task<List<JsonElement>> OrdersAsync(TradingRig rig)
    {
        var orders = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await rig.AskAsync(2, cursor.Length == 0 ? """{"srvId":11,"limit":200}""" : $$"""{"srvId":11,"limit":200,"cursor":"{{cursor}}"}""");
            orders.AddRange(page.GetProperty("orders").EnumerateArray());
            cursor = page.GetProperty("cursor").GetString();
        }

        return orders;
    }
}
