using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>
/// Real data through real processes, commanded and looked at over HTTP only: hourly EURUSD with both sides of the market on
/// one account, a Metastock folder on the other.
/// </summary>
[Collection("processes")]
public sealed class GatewayReplayTests
{
    private static readonly TimeSpan ReplayDeadline = TimeSpan.FromMinutes(3);

    [MarketDataFact]
    public async Task Signals_made_over_HTTP_trade_real_data_as_worked_out_apart()
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadLines(Path.Combine(Repository.MarketData!, "fx", "eurusd-hour.csv")).Take(2_001).ToArray();
        var hours = folder.File("eurusd.csv");
        await File.WriteAllLinesAsync(hours, lines);
        var metastock = Path.Combine(Repository.MarketData!, "metastock");

        await using var gateway = await GatewayProcess.StartAsync(folder.File("data"), "--role", "api");
        await using var forex = await TradingRig.StartAsync(hours, "EURUSD", account: "demo1");
        await using var shares = await TradingRig.StartAsync(metastock, "AVB,ALY", account: "demo2");
        await gateway.PointAsync("demo1", forex.EnginePort);
        await gateway.PointAsync("demo2", shares.EnginePort);
        await gateway.LogInAsync();
        await gateway.ReachAsync("demo1");
        await gateway.ReachAsync("demo2");

        var requestId = await CreateAsync(gateway, "demo1", "EURUSD", "MacdCrossover", 3_600, """{"fast_period":5,"slow_period":12,"stop_percent":0.2,"qty":1000}""");
        await CreateAsync(gateway, "demo2", "AVB", "MacdCrossover", 86_400, """{"fast_period":4,"slow_period":9,"stop_percent":3,"qty":50}""");
        await CreateAsync(gateway, "demo2", "ALY", "FUTM", 86_400, """{"signal":"BUY","qty":7,"stop_percent":5}""");

        var euro = ReferenceReplay.ReadBidAsk(lines);
        var avb = ReferenceReplay.ReadMetastock(metastock, "AVB");
        var aly = ReferenceReplay.ReadMetastock(metastock, "ALY");
        await EndAsync(forex, euro[^1].Frame);
        await EndAsync(shares, Math.Max(avb[^1].Frame, aly[^1].Frame));

        await ShouldTradeAsync(gateway, "demo1", "EURUSD", ReferenceReplay.MacdCrossover("demo1", "EURUSD", euro, 5, 12, 0.2m, 1_000m));
        await ShouldTradeAsync(gateway, "demo2", "AVB", ReferenceReplay.MacdCrossover("demo2", "AVB", avb, 4, 9, 3m, 50m));
        await ShouldTradeAsync(gateway, "demo2", "ALY", ReferenceReplay.FutmBuy("demo2", "ALY", aly, 5m, 7m));
        await TheLogShouldTellAsync(gateway, "demo1", requestId);
    }

    private static async Task<string> CreateAsync(
        GatewayProcess gateway, string account, string epic, string system, int timeFrame, string parameters)
    {
        var json = JsonSerializer.Serialize(new
        {
            accountId = account,
            op = "create",
            signal = new { epic, system, timeFrame, @params = JsonDocument.Parse(parameters).RootElement },
        });
        using var answer = await gateway.SendAsync("/clientmt/signal/crud", json);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return answer.Headers.GetValues("X-Request-Id").Single();
    }

    private static Task EndAsync(TradingRig rig, long lastFrame) => Until.TrueAsync(
        $"{rig.Account} takes frame {lastFrame}", ReplayDeadline, async () => await rig.FrameAsync() >= lastFrame);

    private static async Task ShouldTradeAsync(GatewayProcess gateway, string account, string epic, List<LedgerOrder> expected)
    {
        expected.Count.Should().BePositive();
        await Until.TrueAsync($"all orders of {epic} are told", TimeSpan.FromSeconds(150), async () =>
            (await OrdersAsync(gateway, account, epic)).Count == expected.Count);
        (await OrdersAsync(gateway, account, epic)).Should().Equal(expected.Select(Told));

        var portfolio = (await gateway.GetAsync($"/clientmt/portfolio?accountId={account}")).GetProperty("accounts")[0].GetProperty("portfolio");
        var position = portfolio.GetProperty("positions").EnumerateArray()
            .Where(p => p.GetProperty("epic").GetString() == epic).Sum(p => p.GetProperty("qty").GetDecimal());
        position.Should().Be(expected.Where(o => o.FillFrame != 0).Sum(o => o.OpType == 1 ? o.Qty : -o.Qty));
    }

    /// <summary>What the API tells of an order; a stop of the broker has the frame it was filled in.</summary>
    private static (int Action, int OpType, int OrderType, decimal Qty, long Frame, decimal? Price) Told(LedgerOrder order) =>
        (order.Action, order.OpType, order.OrderType, order.Qty, order.OrderType == 0 ? order.Frame : order.FillFrame, order.FillFrame == 0 ? null : order.FillPrice);

    private static async Task<List<(int Action, int OpType, int OrderType, decimal Qty, long Frame, decimal? Price)>> OrdersAsync(
        GatewayProcess gateway, string account, string epic)
    {
        var orders = new List<(int, int, int, decimal, long, decimal?)>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await gateway.GetAsync($"/clientmt/orders?accountId={account}&limit=200{(cursor.Length == 0 ? "" : "&cursor=" + cursor)}");
            foreach (var order in page.GetProperty("orders").EnumerateArray().Where(o => o.GetProperty("epic").GetString() == epic))
            {
                var price = order.GetProperty("avgFillPrice");
                orders.Add((
                    order.GetProperty("action").GetInt32(), order.GetProperty("opType").GetInt32(), order.GetProperty("orderType").GetInt32(),
                    order.GetProperty("qty").GetDecimal(), order.GetProperty("frame").GetInt64(),
                    price.ValueKind == JsonValueKind.Null ? null : price.GetDecimal()));
            }

            cursor = page.GetProperty("cursor").GetString();
        }

        return orders;
    }

    private static async Task TheLogShouldTellAsync(GatewayProcess gateway, string account, string requestId)
    {
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd");
        using var answer = await gateway.SendAsync("/clientmt/log", $$"""{"accountId":"{{account}}","logDate":"{{today}}"}""");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/zip");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        answer.Content.Headers.ContentLength.Should().Be(bytes.Length);
        answer.Headers.ETag!.Tag.Trim('"').Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));

        await using var zip = new ZipArchive(new MemoryStream(bytes));
        var entry = zip.Entries.Should().ContainSingle(e => e.Name == $"maotrade-{today}.log").Which;
        using var reader = new StreamReader(await entry.OpenAsync());
        var text = await reader.ReadToEndAsync();
        text.Should().MatchRegex($@"\[\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d,\d{{3}}\] \[INFO    \] \[TradeManager\] rid={requestId} Signal ")
            .And.Contain("OpenPosition Buy 1000 EURUSD decided on frame");
    }
}
