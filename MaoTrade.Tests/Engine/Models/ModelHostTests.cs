using System.Net;
using System.Security.Cryptography;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Hosting;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Engine.Models;

/// <summary>How models reach an engine and what is left when they do not.</summary>
public sealed class ModelHostTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly FakeClock _clock = new();
    private readonly SystemCatalogs _catalogs = new();
    private readonly TradeInbox _inbox = new();

    public ModelHostTests() => Directory.CreateDirectory(Path.Combine(Folder, "models"));

    private string Folder => Path.Combine(_data.Path, "accounts", "demo");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Models_of_the_file_are_there_before_trading_begins_and_a_change_reaches_the_loop()
    {
        List(SmallModels.Bytes());
        using var host = Host(null);
        await host.StartAsync(CancellationToken.None);
        Version.Should().Be("1");

        List(SmallModels.Bytes(version: "22"));
        await host.LookAsync(CancellationToken.None);

        Version.Should().Be("22");
        _inbox.TryTake(out var input).Should().BeTrue();
        input.Should().BeOfType<CatalogInput>().Which.Catalog.Models.Find("momentum")!.Version.Should().Be("22");
        await host.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_file_that_is_damaged_later_leaves_the_model_in_use()
    {
        List(SmallModels.Bytes());
        using var host = Host(null);
        await host.StartAsync(CancellationToken.None);

        List(SmallModels.Bytes(version: "22")[..^1]);
        await host.LookAsync(CancellationToken.None);

        Version.Should().Be("1");
        _catalogs.Current.Models.Faults["m.maomodel"].Should().Contain("cut or damaged");
        await host.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task After_a_restart_without_the_gateway_the_last_good_model_stands_in_for_one_that_is_not_there()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(200, "") { Bytes = SmallModels.Bytes() };
        using var client = Client(server.Url);
        using (var host = Host(client, Account(SmallModels.Bytes())))
        {
            await host.StartAsync(CancellationToken.None);
            await host.StopAsync(CancellationToken.None);
        }

        server.Answer = _ => new RecordedAnswer(503, "");
        using var next = Host(client, Account(SmallModels.Bytes(version: "2")));
        await next.StartAsync(CancellationToken.None);
        await next.StopAsync(CancellationToken.None);

        Version.Should().Be("1");
        _catalogs.Current.Models.Faults["momentum"].Should().StartWith("it cannot be read: ");
    }

    [Fact]
    public async Task A_model_of_the_gateway_is_fetched_once_checked_and_stays_while_the_gateway_is_wrong()
    {
        await using var server = await RecordingServer.StartAsync();
        var served = SmallModels.Bytes();
        var listed = served;
        var isOn = "true";
        server.Answer = request => request.Path.StartsWith("/mt/model", StringComparison.Ordinal)
            ? new RecordedAnswer(200, "") { Bytes = served }
            : new RecordedAnswer(200, Config(listed, isOn));
        using var client = Client(server.Url);
        using var host = Host(client);
        await host.StartAsync(CancellationToken.None);

        // From here on only the test looks.
        await host.StopAsync(CancellationToken.None);
        await AskAsync(host);
        Version.Should().Be("1");

        (listed, isOn) = (SmallModels.Bytes(version: "2"), "false");
        await AskAsync(host);
        Version.Should().Be("1", "what is served has another digest");
        _catalogs.Current.Models.IsAllowed.Should().BeFalse();

        served = listed;
        await AskAsync(host);
        Version.Should().Be("2");
        Directory.EnumerateFiles(Path.Combine(Folder, "models"), "*.maomodel").Select(Path.GetFileNameWithoutExtension).Should().Equal(Digest(listed));
        var fetched = server.Requests.Count(request => request.Path.StartsWith("/mt/model", StringComparison.Ordinal));
        await AskAsync(host);
        server.Requests.Count(request => request.Path.StartsWith("/mt/model", StringComparison.Ordinal)).Should().Be(fetched);
        server.Answer = _ => new RecordedAnswer(503, "");
        await AskAsync(host);
        Version.Should().Be("2");
    }

    private string Version => _catalogs.Current.Models.Find("momentum")!.Version;

    private static string Config(byte[] listed, string isOn) =>
        $$$$"""{"code":0,"message":"","data":{"models":[{"name":"momentum","version":"x","sha256":"{{{{Digest(listed)}}}}","sizeBytes":1}],"flags":{"ai_adaptive":{{{{isOn}}}} } } }""";

    private static string Digest(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private Task AskAsync(ModelHost host)
    {
        _clock.Advance(TimeSpan.FromSeconds(61));
        return host.LookAsync(CancellationToken.None);
    }

    private void List(byte[] file, string name = "m.maomodel")
    {
        File.WriteAllBytes(Path.Combine(Folder, "models", name), file);
        File.WriteAllText(Path.Combine(Folder, "engine.json"), $$"""{"models":[{"file":"{{name}}","sha256":"{{Digest(file)}}"}]}""");
    }

    private GatewayClient Client(Uri url)
    {
        var key = Path.Combine(Folder, "service.key");
        File.WriteAllText(key, """{"keyId":"k","secret":"s"}""");
        return new GatewayClient(new GatewayOptions(url, key), TimeProvider.System);
    }

    private static GatewayAccount Account(byte[] file) => new() { Models = [new ModelConfig { Name = "momentum", Sha256 = Digest(file) }] };

    private ModelHost Host(GatewayClient? client, GatewayAccount? account = null)
    {
        var faults = new List<string>();
        var options = new EngineOptions
        {
            AccountId = "demo",
            DataDir = _data.Path,
            Bind = IPAddress.Loopback,
            Port = 0,
            HealthPort = 0,
            Broker = "paper",
            BrokerUrl = "tcp://127.0.0.1:9",
            LogLevel = "info",
            MaxConnections = 10,
            CommandBase = 0,
        };
        var settings = EngineSettings.Read(options, _ => null, faults, account);
        faults.Should().BeEmpty();
        return new ModelHost(settings!, _catalogs, _inbox, _clock, NullLogger<ModelHost>.Instance, client is null ? [] : [client]);
    }
}
