using System.Globalization;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Commands;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Engine.Models;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>From a broker through a real engine, killed on its way, to the history of a gateway.</summary>
[Collection("processes")]
public sealed class LiveBarTests
{
    private const int Minute = 60;
    private const int Bars = 400;
    private const string Epic = "WALK";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>Names of the engine's page, whether or not there is a value yet.</summary>
    private static readonly string[] Promised =
    [
        "mao_trades_total", "mao_trade_execution_seconds", "mao_signal_to_trade_seconds", "mao_market_data_age_seconds", "mao_orders_unknown",
        "mao_reconcile_drift_total", "mao_risk_refused_total", "mao_ai_prediction_seconds", "mao_portfolio_value", "mao_loop_lag_seconds", "mao_store_up",
        "mao_memory_usage_bytes", "mao_cpu_usage_ratio", "mao_network_bytes_total",
    ];

    [Fact]
    public async Task Bars_an_engine_saw_are_in_the_history_once_each_also_after_kills_and_imported_ones_stay()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await Gateway.StartAsync();
        var ticker = await LinkedTicker.AddAsync(gateway, "WLK", Epic);
        var walk = Walk();
        Frame[] imported = [walk[100] with { Close = walk[100].High, Volume = 99 }, walk[^1] with { Volume = 99 }];
        await ticker.ImportAsync(Minute, imported);
        await ActivateAsync(gateway, SmallModels.Always(0.8));
        var environment = Environment(gateway, folder);

        await using var rig = await TradingRig.StartAsync(Write(folder, walk), Epic, account: "one", environment: environment);
        await rig.CreateSignalAsync(
            Epic, "AiAdaptive", Minute, """{"model":"always","min_volume_ratio":0,"max_volatility":0,"with_trend":false,"stop_atr":0,"max_bars":5,"qty":10}""");
        foreach (var frame in new[] { 80, 200 })
        {
            await Until.TrueAsync($"frame {frame} is taken", Deadline, async () => await rig.FrameAsync() >= walk[frame].UnixSeconds);
            await rig.Engine.KillAsync();
            await rig.StartEngineAsync(environment);
        }

        await rig.FinishAsync(walk[^1].UnixSeconds, Deadline);

        await Until.TrueAsync("all bars are in the history", Deadline, async () => (await ticker.BarsAsync(Minute)).Length >= Bars);
        (await ticker.BarsAsync(Minute)).Should().Equal([.. walk[..100], imported[0], .. walk[101..^1], imported[1]]);
        await ShouldTellOfItsTradesAsync(rig);
    }

    /// <summary>The model the gateway keeps bought whenever there was no position, which the metrics and the log say.</summary>
    private static async Task ShouldTellOfItsTradesAsync(TradingRig rig)
    {
        var orders = await rig.OrdersAsync();
        orders.Should().HaveCountGreaterThan(10).And.OnlyContain(order => order.GetProperty("system").GetString() == "AiAdaptive");
        var page = await rig.MetricsAsync();
        page.Should().MatchRegex("""(?m)^mao_trades_total\{strategy="AiAdaptive",symbol="WALK",side="buy"\} [1-9]""")
            .And.MatchRegex("""(?m)^mao_portfolio_value\{currency="[A-Z]{3}"\} [1-9]""")
            .And.MatchRegex("(?m)^mao_ai_prediction_seconds_count [1-9]")
            .And.MatchRegex("(?m)^mao_signal_to_trade_seconds_count [1-9]")
            .And.MatchRegex("(?m)^mao_trade_execution_seconds_count [1-9]")
            .And.MatchRegex("(?m)^mao_orders_unknown 0$");
        Promised.Should().OnlyContain(name => page.Contains($"# TYPE {name} ", StringComparison.Ordinal));
        if (Programs.Find("promtool") is not null)
        {
            (await Promtool.CheckAsync(page)).Should().BeEmpty();
        }

        var log = string.Concat(Directory.GetFiles(Path.Combine(rig.DataFolder, "accounts", rig.Account, "logs")).Select(ReadShared));
        log.Should().Contain("event=ai_prediction_generated AiAdaptive WALK: symbol=WALK action=Buy confidence=0.8 prediction=0.8 features=27 model=always version=1")
            .And.MatchRegex("event=trade_executed Order [0-9A-Z]+ is filled in frame [0-9]+: trade=.+ symbol=WALK side=Buy amount=10 price=.+ strategy=AiAdaptive confidence=0.8 ");
    }

    private static async Task ActivateAsync(Gateway gateway, byte[] model)
    {
        var file = Path.Combine(gateway.DataDir, "import.maomodel");
        await File.WriteAllBytesAsync(file, model);
        (await gateway.OnFolderAsync("", "models", "import", file)).ExitCode.Should().Be(0);
        (await gateway.PostAsync("/admin/models/activate", """{"name":"always","modelVersion":"1"}""", "admin")).Status.Should().Be(200);
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, string> Environment(Gateway gateway, TemporaryFolder folder)
    {
        var key = folder.File("service.key");
        File.WriteAllText(key, $$"""{"keyId":"{{gateway.EngineKey.KeyId}}","secret":"{{gateway.EngineKey.Secret}}"}""");
        return new Dictionary<string, string> { ["GATEWAY_URL"] = gateway.App.Urls.First(), ["SERVICE_KEY_FILE"] = key };
    }

    private static Frame[] Walk()
    {
        var random = new Random(5);
        var start = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var price = 1_000m;
        return [.. Enumerable.Range(0, Bars).Select(n =>
        {
            var open = price;
            price += random.Next(-60, 61) / 10m;
            return new Frame(start + (n * Minute), open, Math.Max(open, price) + 0.3m, Math.Min(open, price) - 0.7m, price, random.Next(1_000));
        })];
    }

    private static string Write(TemporaryFolder folder, IEnumerable<Frame> bars)
    {
        var file = folder.File("walk.csv");
        File.WriteAllLines(file, bars.Select(bar => string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.FromUnixTimeSeconds(bar.UnixSeconds):yyyy-MM-dd'T'HH:mm:ss'Z'},{bar.Open},{bar.High},{bar.Low},{bar.Close},{bar.Volume}"))
            .Prepend("time,open,high,low,close,volume"));
        return file;
    }
}
