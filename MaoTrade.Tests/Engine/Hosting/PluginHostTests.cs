using System.Net;
using MaoTrade.Engine.Hosting;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Tests.Engine.Systems.Plugins;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Engine.Hosting;

public sealed class PluginHostTests(PluginProjects projects) : IClassFixture<PluginProjects>, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();
    private readonly SystemCatalogs _catalogs = new();
    private readonly TradeInbox _inbox = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Plug_ins_are_there_before_trading_begins_and_a_change_reaches_the_loop()
    {
        List("""{"file":"plugin.dll","sha256":"$"}""", projects.First);
        using var host = new PluginHost(Settings(), _catalogs, _inbox, _clock, NullLogger<PluginHost>.Instance);
        await host.StartAsync(CancellationToken.None);
        var first = _catalogs.Current.TypeOf("Breakout");
        first.Should().NotBeNull();

        List("""{"file":"plugin.dll","sha256":"$"}""", projects.Second);
        var input = await Until.NotNullAsync("the loop gets the second version", Deadline, LookAsync);

        input.Catalog.TypeOf("Breakout").Should().NotBe(first!);
        _catalogs.Current.Should().BeSameAs(input.Catalog);
        await host.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Without_plug_ins_the_built_in_systems_are_there()
    {
        Directory.CreateDirectory(AccountFolder);
        using var host = new PluginHost(Settings(), _catalogs, _inbox, _clock, NullLogger<PluginHost>.Instance);

        await host.StartAsync(CancellationToken.None);

        _catalogs.Current.Should().BeSameAs(SystemCatalog.BuiltIn);
        await host.StopAsync(CancellationToken.None);
    }

    private string AccountFolder => Path.Combine(_folder.Path, "accounts", "demo");

    private string ConfigFile => Path.Combine(AccountFolder, "engine.json");

    /// <summary>Moves the clock to the next look; what the loop got that knows the plug-in's system.</summary>
    private Task<CatalogInput?> LookAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(3));
        _inbox.TryTake(out var input);
        return Task.FromResult(input is CatalogInput { Catalog: var catalog } given && catalog.TypeOf("Breakout") is not null ? given : null);
    }

    private void List(string entry, string file)
    {
        var plugins = Directory.CreateDirectory(Path.Combine(AccountFolder, "plugins")).FullName;
        File.Copy(file, Path.Combine(plugins, "plugin.dll"), overwrite: true);
        File.WriteAllText(ConfigFile, $$"""{"plugins":[{{entry.Replace("$", PluginProjects.Digest(file), StringComparison.Ordinal)}}]}""");
    }

    private EngineSettings Settings()
    {
        var faults = new List<string>();
        var settings = EngineSettings.Read(
            new EngineOptions
            {
                AccountId = "demo",
                DataDir = _folder.Path,
                Bind = IPAddress.Loopback,
                Port = 0,
                HealthPort = 0,
                Broker = "paper",
                BrokerUrl = "tcp://127.0.0.1:1",
                LogLevel = "info",
                MaxConnections = 10,
                CommandBase = 0,
            },
            _ => null, faults);
        faults.Should().BeEmpty();
        return settings!;
    }
}
