using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Persistence;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Engine.Persistence;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>An engine process whose account lies on a MariaDB server, which both are killed while they trade: by the broker's ledger nothing is lost or doubled.</summary>
[Collection("processes")]
[NeedsMariaDb(market: true)]
public sealed class MySqlEngineTests : IAsyncLifetime, IDisposable
{
    private const int Rows = 1_500;

    private readonly MariaDbServer _server = new();
    private readonly TemporaryFolder _folder = new();

    public Task InitializeAsync() => new NeedsMariaDbAttribute(market: true).Missing is null ? _server.StartAsync() : Task.CompletedTask;

    public Task DisposeAsync() => _server.DisposeAsync();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [ContractFact]
    public async Task Engine_and_server_killed_while_they_trade_the_orders_are_those_of_an_undisturbed_run()
    {
        var (market, lastFrame) = HourlyReplay.Shorten(_folder, Rows);
        var expected = await HourlyReplay.RunAsync(market, lastFrame);
        var database = Environment("demo");
        await using var rig = await TradingRig.StartAsync(market, HourlyReplay.Epic, "lost-reply=0.05,duplicate=0.05", environment: database);
        await HourlyReplay.TradeAsync(rig);

        // The engine alone, where it hurts, the way back by itself.
        foreach (var (label, pass) in new[] { (Step.BeforeCommit, 9), (Step.AfterCommit, 9), (Step.BeforeSend, 2), (Step.AfterSend, 2), (Step.StateLoaded, 1) })
        {
            await rig.Engine.KillAsync();
            rig.BeginEngine(database.Concat(StartupHook.KillAt(label, pass)).ToDictionary(StringComparer.Ordinal));
            await Until.TrueAsync($"the engine kills itself at {label}", TimeSpan.FromSeconds(120), () => Task.FromResult(rig.Engine.HasExited));
        }

        // The server under a trading engine, which lives on, sends nothing and says so.
        await rig.StartEngineAsync(database);
        for (var kill = 1; kill <= 3; kill++)
        {
            var frame = await rig.FrameAsync();
            await Until.TrueAsync("the engine trades on", TimeSpan.FromSeconds(120), async () => await rig.FrameAsync() is var now && (now > frame || now >= lastFrame));
            await _server.KillAsync();
            await Until.TrueAsync("the engine says that its database is away", TimeSpan.FromSeconds(120), async () =>
                (await rig.MetricsAsync()).Contains("mao_store_up 0", StringComparison.Ordinal));
            rig.Engine.HasExited.Should().BeFalse();
            await _server.StartAsync();
            (await rig.ReadyAsync()).Should().BeTrue("the engine goes on by itself");
        }

        await rig.FinishAsync(lastFrame, HourlyReplay.Deadline);
        Ledger.Orders(rig.LedgerFile)[HourlyReplay.Epic].Should().Equal(expected);
        (await rig.MetricsAsync()).Should().Contain("mao_store_up 1");
        (await rig.OrdersAsync()).Select(order => order.GetProperty("orderId").GetString()).Should().OnlyHaveUniqueItems();
        File.Exists(rig.DatabaseFile).Should().BeFalse("the account lies on the server");
    }

    [ContractFact]
    public async Task A_server_that_takes_calls_and_answers_none_holds_orders_back_until_it_answers_and_none_is_lost_or_doubled()
    {
        var (market, lastFrame) = HourlyReplay.Shorten(_folder, Rows);
        var expected = await HourlyReplay.RunAsync(market, lastFrame);
        await using var rig = await TradingRig.StartAsync(market, HourlyReplay.Epic, "lost-reply=0.05,duplicate=0.05", environment: Environment("demo"));
        await HourlyReplay.TradeAsync(rig);
        for (var freeze = 1; freeze <= 3; freeze++)
        {
            var frame = await rig.FrameAsync();
            await Until.TrueAsync("the engine trades on", TimeSpan.FromSeconds(120), async () => await rig.FrameAsync() is var now && (now > frame || now >= lastFrame));
            await _server.FreezeAsync();
            await Until.TrueAsync("the engine says that its database is away", TimeSpan.FromSeconds(120), async () =>
                (await rig.TryMetricsAsync())?.Contains("mao_store_up 0", StringComparison.Ordinal) == true);
            var sent = Ledger.Orders(rig.LedgerFile).GetValueOrDefault(HourlyReplay.Epic)?.Count;
            (await rig.IsReadyAsync()).Should().BeFalse();
            rig.Engine.HasExited.Should().BeFalse();
            Ledger.Orders(rig.LedgerFile).GetValueOrDefault(HourlyReplay.Epic)?.Count.Should().Be(sent, "no order leaves");
            await _server.ThawAsync();
            (await rig.ReadyAsync()).Should().BeTrue("the engine goes on by itself");
        }

        await rig.FinishAsync(lastFrame, HourlyReplay.Deadline);
        Ledger.Orders(rig.LedgerFile)[HourlyReplay.Epic].Should().Equal(expected);
        (await rig.OrdersAsync()).Select(order => order.GetProperty("orderId").GetString()).Should().OnlyHaveUniqueItems();
    }

    [ContractFact]
    public async Task An_engine_started_before_its_server_waits_for_it_and_trades()
    {
        var (market, _) = HourlyReplay.Shorten(_folder, 50);
        await _server.KillAsync();
        await using var rig = await TradingRig.StartAsync(market, HourlyReplay.Epic, environment: Environment("demo"), waits: false);
        await Until.TrueAsync("the engine says that its database is away", TimeSpan.FromSeconds(120), async () =>
            rig.Engine.HasExited || (await rig.TryMetricsAsync())?.Contains("mao_store_up 0", StringComparison.Ordinal) == true);

        await _server.StartAsync();

        (await rig.ReadyAsync()).Should().BeTrue();
    }

    [ContractFact]
    public async Task Of_two_engines_with_folders_of_their_own_and_one_account_one_trades()
    {
        var (market, _) = HourlyReplay.Shorten(_folder, 50);
        await using var rig = await TradingRig.StartAsync(market, HourlyReplay.Epic, environment: Environment("demo"));

        await using var other = new ChildProcess(
            rig.EngineFlags.Select(flag => flag == rig.DataFolder ? _folder.File("elsewhere") : flag == $"{rig.EnginePort}" || flag == $"{rig.HealthPort}" ? "0" : flag),
            Environment("demo"));

        (await other.ExitCodeAsync()).Should().Be(75);
        rig.Engine.HasExited.Should().BeFalse();
    }

    private Dictionary<string, string> Environment(string account) => new(StringComparer.Ordinal)
    {
        ["DB_PROVIDER"] = StoreProviders.MySql,
        ["DB_HOSTNAME"] = _server.Options.Host,
        ["DB_PORT"] = $"{_server.Options.Port}",
        ["DB_USER"] = _server.Options.User,
        ["DB_NAME"] = $"mt_{account}",
    };
}
