using System.Globalization;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.EndToEnd.Support;
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

    [Fact]
    public async Task Bars_an_engine_saw_are_in_the_history_once_each_also_after_kills_and_imported_ones_stay()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = await Gateway.StartAsync();
        var ticker = await LinkedTicker.AddAsync(gateway, "WLK", Epic);
        var walk = Walk();
        Frame[] imported = [walk[100] with { Close = walk[100].High, Volume = 99 }, walk[^1] with { Volume = 99 }];
        await ticker.ImportAsync(Minute, imported);
        var environment = Environment(gateway, folder);

        await using var rig = await TradingRig.StartAsync(Write(folder, walk), Epic, account: "one", environment: environment);
        await rig.CreateSignalAsync(Epic, "MacdCrossover", Minute, """{"fast_period":2,"slow_period":5,"stop_percent":50,"qty":10}""");
        foreach (var frame in new[] { 80, 200 })
        {
            await Until.TrueAsync($"frame {frame} is taken", Deadline, async () => await rig.FrameAsync() >= walk[frame].UnixSeconds);
            await rig.Engine.KillAsync();
            await rig.StartEngineAsync(environment);
        }

        await rig.FinishAsync(walk[^1].UnixSeconds, Deadline);

        await Until.TrueAsync("all bars are in the history", Deadline, async () => (await ticker.BarsAsync(Minute)).Length >= Bars);
        (await ticker.BarsAsync(Minute)).Should().Equal([.. walk[..100], imported[0], .. walk[101..^1], imported[1]]);
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
