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
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
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
        await LookAsync();
        _inbox.Reader.Count.Should().Be(0, "nothing changed");

        List("""{"file":"plugin.dll","sha256":"$"}""", projects.Second);
        await LookAsync();
        var input = await _inbox.Reader.ReadAsync().AsTask().WaitAsync(Deadline);

        input.Should().BeOfType<CatalogInput>().Which.Catalog.TypeOf("Breakout").Should().NotBeNull().And.NotBe(first!);
        _catalogs.Current.Should().BeSameAs(((CatalogInput)input).Catalog);

        File.WriteAllText(ConfigFile, "no JSON");
        await LookAsync();
        await LookAsync();
        _inbox.Reader.Count.Should().Be(0, "a file that cannot be read changes nothing");
        await host.StopAsync(CancellationToken.None);
    }

    private string AccountFolder => Path.Combine(_folder.Path, "accounts", "demo");

    private string ConfigFile => Path.Combine(AccountFolder, "engine.json");

    /// <summary>Moves the clock to the next look and waits until the host waits again.</summary>
    private async Task LookAsync()
    {
        await Until.TrueAsync("the host waits", Deadline, () => Task.FromResult(_clock.PendingTimers > 0));
        _clock.Advance(TimeSpan.FromSeconds(3));
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
