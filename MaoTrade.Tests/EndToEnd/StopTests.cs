using System.Globalization;
using System.Text;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Protocol.Client;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>SIGTERM to a real engine wherever it stands: it ends in order and in time, and the next one goes on as if nothing had been.</summary>
[Collection("processes")]
public sealed class StopTests
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(8);

    [MarketDataFact]
    public async Task Stopped_at_each_labelled_point_it_exits_0_and_the_orders_are_those_of_an_undisturbed_run()
    {
        using var folder = new TemporaryFolder();
        var (market, lastFrame) = HourlyReplay.Shorten(folder, rows: 400);
        var expected = await HourlyReplay.RunAsync(market, lastFrame);
        (string Label, int Pass, int Signals)[] points =
        [
            (Step.LeaseTaken, 1, 1), (Step.SchemaReady, 1, 2), (Step.StateLoaded, 1, 1), (Step.BeforeSurvey, 1, 2), (Step.AfterSurvey, 1, 1),
            (Step.InputTaken, 1, 2), (Step.InputTaken, 9, 1), (Step.BeforeCommit, 1, 1), (Step.BeforeCommit, 9, 2),
            (Step.AfterCommit, 1, 2), (Step.AfterCommit, 9, 1), (Step.BeforeSend, 1, 1), (Step.BeforeSend, 2, 2),
            (Step.AfterSend, 1, 2), (Step.AfterSend, 2, 1), (Step.BeforeProof, 1, 1), (Step.AfterProof, 1, 2),
            (Step.BeforeAcknowledge, 3, 1), (Step.AfterAcknowledge, 3, 2), (Step.BeforeReply, 1, 1), (Step.BeforeReply, 1, 2),
        ];
        typeof(Step).GetFields().Select(label => label.GetValue(null)).Should().BeEquivalentTo(
            points.Select(point => point.Label).Distinct(), "no step is left out");

        await using var rig = await TradingRig.StartAsync(market, HourlyReplay.Epic, "lost-reply=0.1,lost-request=0.2,duplicate=0.1");
        var signalId = await HourlyReplay.TradeAsync(rig);
        (await rig.Engine.StopAsync()).Should().Be(0);
        foreach (var (label, pass, signals) in points)
        {
            rig.BeginEngine(StartupHook.StopAt(label, pass, signals));
            if (label == Step.BeforeReply && await rig.ReadyAsync())
            {
                await rig.TryAskAsync(2, $$"""{"srvId":9,"signalId":"{{signalId}}","blocked":false}""");
            }

            await Until.TrueAsync($"the engine stops at {label}", TimeSpan.FromSeconds(150), () => Task.FromResult(rig.Engine.HasExited));
            (await rig.Engine.ExitCodeAsync()).Should().Be(0, "{0} ends in order: {1}", label, await rig.Engine.ErrorAsync());
            (rig.Engine.ExitedAt - await StoppingAsync(rig.Engine)).Should().BeLessThan(StopDeadline, "it stops at {0}", label);
        }

        await rig.StartEngineAsync();
        await rig.FinishAsync(lastFrame, HourlyReplay.Deadline);
        Ledger.Orders(rig.LedgerFile)[HourlyReplay.Epic].Should().Equal(expected);
    }

    [Fact]
    public async Task While_its_database_is_locked_it_ends_within_10_seconds()
    {
        await using var rig = await TradingRig.StartAsync("random", "EURUSD");
        await using var other = await rig.OpenDatabaseAsync();
        await using var held = other.BeginTransaction(deferred: false);
        await using (var reply = await rig.Proxy.SendAsync(
            new ProxyRequest(2, Encoding.UTF8.GetBytes("""{"srvId":1,"epic":"EURUSD","opType":1,"qty":1}""")), CancellationToken.None))
        {
            reply.Code.Should().Be(503);
        }

        var began = TimeProvider.System.GetTimestamp();
        (await rig.Engine.StopAsync()).Should().Be(0);

        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    private static async Task<DateTimeOffset> StoppingAsync(ChildProcess engine)
    {
        var line = (await engine.ErrorAsync()).Split('\n').First(said => said.StartsWith("stopping ", StringComparison.Ordinal));
        return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }
}
