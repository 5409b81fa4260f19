using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>The engine as its supervisor and its operator meet it: flags, signals, exit codes.</summary>
[Collection("processes")]
public sealed class EngineCommandTests
{
    [Fact]
    public async Task Wrong_flags_and_configuration_are_listed_whole_and_exit_64()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("engine.json"), """{"accountId":"other","timeZone":"Mars/Base","dailyCleanTime":"25:00","reconcileSeconds":0,"systemDeadlineMs":99,"sessions":[{"name":"milan","windows":[{"days":["mon"],"open":"8"}]}]}""");

        foreach (var command in new[] { "run", "check-config" })
        {
            await using var engine = new ChildProcess(
                [command, "--account-id", "A B", "--data-dir", folder.Path, "--bind", "here", "--port", "70000", "--broker", "oracle", "--broker-url", "http://x", "--config", folder.File("engine.json")],
                new Dictionary<string, string> { ["LOG_LEVEL"] = "loud", ["TRADING_ENABLE"] = "perhaps" });

            (await engine.ExitCodeAsync()).Should().Be(64);
            (await engine.ErrorAsync()).Should().Contain("account-id").And.Contain("bind").And.Contain("port").And.Contain("broker: paper")
                .And.Contain("broker-url").And.Contain("LOG_LEVEL").And.Contain("TRADING_ENABLE").And.Contain("timeZone")
                .And.Contain("dailyCleanTime").And.Contain("meant for 'other'")
                .And.Contain("reconcileSeconds: 1 to 86400 is expected, not 0").And.Contain("systemDeadlineMs: 100 to 60000")
                .And.Contain("sessions[0].windows[0].open: a time HH:mm is expected, not '8'").And.Contain("sessions[0].windows[0].close");
        }
    }

    [Fact]
    public async Task An_unknown_flag_exits_64_and_is_named()
    {
        await using var engine = new ChildProcess(["run", "--acount-id", "demo"]);

        (await engine.ExitCodeAsync()).Should().Be(64);
        (await engine.ErrorAsync()).Should().Contain("--acount-id");
    }

    [Fact]
    public async Task A_second_engine_for_the_account_exits_75_and_the_first_trades_on()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");

        await using var second = new ChildProcess(rig.EngineFlags);

        (await second.ExitCodeAsync()).Should().Be(75);
        (await rig.AskAsync(5, "{}")).GetProperty("state").GetString().Should().Be("ready");
    }

    [Fact]
    public async Task SIGTERM_ends_in_order_within_8_seconds()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");
        await rig.CreateSignalAsync("EURUSD", "MacdCrossover", 60, """{"fast_period":2,"slow_period":3}""");
        await Until.TrueAsync("it trades", TimeSpan.FromSeconds(150), async () => await rig.FrameAsync() > 0);
        var began = TimeProvider.System.GetTimestamp();

        (await rig.Engine.StopAsync()).Should().Be(0);

        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task A_supervised_engine_leaves_Ctrl_C_and_hang_up_to_its_supervisor()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");
        (await rig.Engine.StopAsync()).Should().Be(0);
        rig.BeginEngine(null, "--supervised");
        (await rig.ReadyAsync()).Should().BeTrue();

        await rig.Engine.SignalAsync("INT");
        await rig.Engine.SignalAsync("HUP");

        (await rig.AskAsync(5, "{}")).GetProperty("state").GetString().Should().Be("ready");
        (await rig.Engine.StopAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Health_asks_a_running_engine_and_says_when_there_is_none()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");
        await using (var health = new ChildProcess(["health", "--health-port", $"{rig.HealthPort}"]))
        {
            (await health.ExitCodeAsync()).Should().Be(0);
            (await health.OutputAsync()).Should().Contain("\"reconcile\"");
        }

        (await rig.Engine.StopAsync()).Should().Be(0);
        await using var none = new ChildProcess(["health", "--health-port", $"{rig.HealthPort}"]);
        (await none.ExitCodeAsync()).Should().Be(1);
    }

    [Fact]
    public async Task An_engine_without_its_broker_answers_and_sends_nothing()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");
        await rig.Broker.KillAsync();
        await Until.TrueAsync("the engine sees that the broker is gone", TimeSpan.FromSeconds(150), async () =>
            !(await rig.AskAsync(5, "{}")).GetProperty("brokerConnected").GetBoolean());

        var order = (await rig.AskAsync(2, """{"srvId":1,"clientOrderId":"c1","epic":"EURUSD","opType":1,"qty":1}""")).GetProperty("order");

        order.GetProperty("dealStatus").GetInt32().Should().Be(0, "it is stored and has not left");
        (await rig.AskAsync(2, """{"srvId":3}""")).GetProperty("account").GetProperty("connected").GetBoolean().Should().BeFalse();
    }
}
