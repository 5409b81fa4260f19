using MaoApi.Data;
using MaoApi.Data.History;
using MaoApi.Jobs;
using MaoApi.MarketData;
using MaoApi.Models;
using MaoTrade.Engine.Gateway;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Models;
using MaoTrade.Tests.Api.Commands;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Engine.Models;
using MaoTrade.Tests.Engine.Systems;
using MaoTrade.Tests.Market.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Models;

/// <summary>From a file of the training to the engine of an account.</summary>
public sealed class ModelRegisterTests
{
    [Fact]
    public async Task An_imported_model_is_listed_activated_and_sent_to_engines_byte_by_byte()
    {
        await using var gateway = await Gateway.StartAsync();
        var bytes = Large();

        var run = await ImportAsync(gateway, bytes);

        run.Should().Match<MaoRun>(done => done.ExitCode == 0 && done.Output.Contains("large", StringComparison.Ordinal), run.Error);
        (await ConfigAsync(gateway)).Should().BeEmpty("no version is in use");
        (await gateway.PostAsync("/admin/models/activate", """{"name":"large","modelVersion":"1"}""", "admin")).Status.Should().Be(200);
        var listed = (await gateway.PostAsync("/admin/models/list", "{}", "admin")).Data["items"]![0]!;
        ((double)listed["performance"]!["accuracy"]!, (double)listed["performance"]!["f1"]!, (int)listed["rows"]!).Should().Be((0.5, 0.35, 500));
        (await ConfigAsync(gateway)).Should().Equal("large 1");
        using var folder = new MaoTrade.Tests.Support.TemporaryFolder();
        var client = Client(gateway, folder.File("key"));
        await client.GetModelAsync(listed["sha256"]!.ToString(), folder.File("copy"), ModelLimits.MostBytes, CancellationToken.None);
        (await File.ReadAllBytesAsync(folder.File("copy"))).Should().Equal(bytes);
        bytes.Length.Should().BeGreaterThan(2 * ModelPart.SizeBytes, "it is stored in pieces");
    }

    [Fact]
    public async Task An_account_may_use_another_version_and_engines_get_only_what_their_account_uses()
    {
        await using var gateway = await Gateway.StartAsync();
        foreach (var version in new[] { "1", "2" })
        {
            (await ImportAsync(gateway, SmallModels.Bytes(version: version))).ExitCode.Should().Be(0);
        }

        await gateway.AsAsync("admin", "models", "activate", "momentum", "1");
        (await ConfigAsync(gateway)).Should().Equal("momentum 1");
        (await gateway.AsAsync("admin", "models", "activate", "momentum", "2", "--account", "one")).ExitCode.Should().Be(0);
        (await ConfigAsync(gateway)).Should().Equal("momentum 2");
        (await gateway.AsAsync("admin", "models", "activate", "momentum", "2", "--account", "two")).ExitCode.Should().Be(0);
        (await gateway.AsAsync("admin", "models", "activate", "momentum", "--account", "one")).ExitCode.Should().Be(0);
        (await ConfigAsync(gateway)).Should().Equal("momentum 1");

        var second = (await gateway.PostAsync("/admin/models/list", "{}", "admin")).Data["items"]!.AsArray().Single(item => item!["modelVersion"]!.ToString() == "2")!;
        second["accounts"]!.ToJsonString().Should().Be("""["two"]""");
        (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, $"/mt/model?sha256={second["sha256"]}")).Status.Should().Be(404);
        (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, "/mt/model?sha256=1")).Code.Should().Be(30);
        (await gateway.PostAsync("/admin/models/activate", """{"name":"momentum","modelVersion":"1","accountId":"nobody"}""", "admin")).Status.Should().Be(404);
        (await gateway.PostAsync("/admin/models/activate", """{"name":"momentum"}""", "admin")).Code.Should().Be(30);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_refused_and_nothing_is_stored()
    {
        await using var gateway = await Gateway.StartAsync();

        (await ImportAsync(gateway, SmallModels.Bytes()[..^5])).Should().Match<MaoRun>(
            run => run.ExitCode == 1 && run.Error.Contains("cut or damaged", StringComparison.Ordinal));
        (await ImportAsync(gateway, new ModelBytes(["a"]).Add("xgboost", 1, 0, [ModelBytes.Leaf(0)]).ToArray())).Error.Should().Contain("of another feature set");
        (await ImportAsync(gateway, new byte[ModelLimits.MostBytes + 1])).Error.Should().Contain("it is too large");
        (await gateway.OnFolderAsync("", "models", "import", "/nowhere/x")).ExitCode.Should().Be(1);
        (await gateway.PostAsync("/admin/models/list", "{}", "admin")).Data["items"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_another_of_its_version_is_refused()
    {
        await using var gateway = await Gateway.StartAsync();
        await ImportAsync(gateway, SmallModels.Always(0.8));

        var again = await ImportAsync(gateway, SmallModels.Always(0.8));
        var other = await ImportAsync(gateway, SmallModels.Always(0.7));

        again.Should().Match<MaoRun>(run => run.ExitCode == 0 && run.Output.Contains("\"imported\":false", StringComparison.Ordinal));
        (other.ExitCode, other.Error).Should().Match<(int ExitCode, string Error)>(run => run.ExitCode == 1 && run.Error.Contains("is there already", StringComparison.Ordinal));
        (await gateway.PostAsync("/admin/models/list", "{}", "admin")).Data["items"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task Drift_of_models_in_use_is_measured_once_by_the_bars_of_their_ticker()
    {
        await using var gateway = await Gateway.StartAsync();
        var bytes = new ModelBytes(MaoTrade.Market.Features.FeatureNames.All).Add("xgboost", 1, 0, [ModelBytes.Leaf(0)]);
        bytes.Header["training"]!["symbol"] = "EURUSD";
        await ImportAsync(gateway, bytes.ToArray());
        await gateway.PostAsync("/admin/models/activate", """{"name":"direction","modelVersion":"1"}""", "admin");
        var job = gateway.App.Services.GetServices<IJob>().OfType<ModelDrift>().Single();

        (await job.RunAsync(new JobProgress(), CancellationToken.None)).Should().Be("direction 1: 0 bars of EURUSD, 700 are needed");
        await AddBarsAsync(gateway, 800);
        (await job.RunAsync(new JobProgress(), CancellationToken.None)).Should().StartWith("direction 1: ").And.Contain("most ");
        (await job.RunAsync(new JobProgress(), CancellationToken.None)).Should().Be("direction 1: measured within the hour");

        var listed = (await gateway.PostAsync("/admin/models/list", "{}", "admin")).Data["items"]![0]!;
        ((double)listed["performance"]!["drift"]!).Should().BeGreaterThan(0.25, "prices are all above the training's mean");
    }

    private static Task<MaoRun> ImportAsync(Gateway gateway, byte[] bytes)
    {
        var path = Path.Combine(gateway.DataDir, "import.maomodel");
        File.WriteAllBytes(path, bytes);
        return gateway.OnFolderAsync("", "models", "import", path, "--json");
    }

    private static async Task<IEnumerable<string>> ConfigAsync(Gateway gateway) =>
        (await gateway.SignedAsync(gateway.EngineKey, HttpMethod.Get, "/mt/config")).Data["models"]!.AsArray()
            .Select(model => $"{model!["name"]} {model["version"]}");

    private static GatewayClient Client(Gateway gateway, string keyFile)
    {
        File.WriteAllText(keyFile, $$"""{"keyId":"{{gateway.EngineKey.KeyId}}","secret":"{{gateway.EngineKey.Secret}}"}""");
        return new GatewayClient(new GatewayOptions(gateway.Http.BaseAddress!, keyFile), TimeProvider.System);
    }

    /// <summary>A model of some hundred kilobytes.</summary>
    private static byte[] Large() => new ModelBytes(MaoTrade.Market.Features.FeatureNames.All, "large")
        .Add("random_forest", 1, 0, [.. Enumerable.Range(0, 800).Select(_ => Full(6))]).ToArray();

    private static byte[][] Full(int depth) =>
        depth == 0 ? [ModelBytes.Leaf(0.5)] : [ModelBytes.Split(1, depth), .. Full(depth - 1), .. Full(depth - 1)];

    private static async Task AddBarsAsync(Gateway gateway, int count)
    {
        await using var context = await gateway.App.Services.GetRequiredService<IDbContextFactory<MaoDataContext>>().CreateDbContextAsync();
        var ticker = new Ticker { Symbol = "EURUSD", Name = "Euro", Source = TickerSources.Store, IsEnabled = true };
        context.Add(ticker);
        await context.SaveChangesAsync();
        Frame[] bars = [.. SystemBench.Walk(count, seed: 1).Select((frame, i) => frame with { UnixSeconds = i * 3600L, Volume = 1 })];
        await gateway.App.Services.GetRequiredService<HistoryWriter>().WriteAsync(ticker.Id, 3600, bars, "test", CancellationToken.None);
    }
}
