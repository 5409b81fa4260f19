using System.Globalization;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Simulation;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>
/// SIGKILL of the real engine process, again and again, during a lockstep replay of real data, with a broker that loses
/// answers and says things twice. By the broker's ledger the orders must be those of an undisturbed run.
/// Environment: MAO_KILLS (default 30), MAO_SEED (default 1), MAO_FAULT (the broker's faults).
/// </summary>
[Collection("processes")]
public sealed class KillerTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly string Faults = Environment.GetEnvironmentVariable("MAO_FAULT") ?? "lost-reply=0.1,duplicate=0.1";
    /// <summary>Kills within one replay: the data is long enough for this many.</summary>
    private const int KillsPerReplay = 200;

    /// <summary>Orders that may have been decided on before are sent first; later ones are surely new.</summary>
    private const int SendsBeforeDeath = 5;

    /// <summary>Replays of a broken engine, of which one must show the defect.</summary>
    private const int ReplaysOfBroken = 4;

    [MarketDataFact]
    public async Task Killed_at_random_the_orders_are_those_of_an_undisturbed_run()
    {
        var kills = FromEnvironment("MAO_KILLS", 30);
        var random = new Random(FromEnvironment("MAO_SEED", 1));
        for (var done = 0; done < kills; done += KillsPerReplay)
        {
            await KillAtRandomAsync(Math.Min(KillsPerReplay, kills - done), random, Faults, HourlyReplay.Deadline);
        }
    }

    [MarketDataFact]
    public async Task Killed_at_each_labelled_point_the_orders_are_those_of_an_undisturbed_run()
    {
        using var folder = new TemporaryFolder();
        var (market, lastFrame) = HourlyReplay.Shorten(folder, rows: 400);
        var expected = await HourlyReplay.RunAsync(market, lastFrame);
        (string Label, int Passes)[] points =
        [
            (Step.LeaseTaken, 1), (Step.SchemaReady, 1), (Step.StateLoaded, 1), (Step.BeforeSurvey, 1), (Step.AfterSurvey, 1),
            (Step.InputTaken, 9), (Step.BeforeCommit, 9), (Step.AfterCommit, 9), (Step.BeforeSend, 3), (Step.AfterSend, 3),
            (Step.BeforeAcknowledge, 5), (Step.AfterAcknowledge, 5),
        ];

        await using var rig = await TradingRig.StartAsync(market, "EURUSD", Faults);
        await HourlyReplay.TradeAsync(rig);
        await rig.Engine.KillAsync();
        foreach (var (label, passes) in points)
        {
            for (var pass = 1; pass <= passes; pass++)
            {
                rig.BeginEngine(StartupHook.KillAt(label, pass));
                await Until.TrueAsync($"the engine kills itself at {label}", TimeSpan.FromSeconds(150), () => Task.FromResult(rig.Engine.HasExited));
            }
        }

        await rig.StartEngineAsync();
        await rig.FinishAsync(lastFrame, HourlyReplay.Deadline);
        Ledger.Orders(rig.LedgerFile)["EURUSD"].Should().Equal(expected);
    }

    /// <summary>A replay that only takes too long, or does not end, is no sign, so another one follows: the ledger must show other orders.</summary>
    [MarketDataTheory]
    [InlineData(Defect.BlindResend)]
    [InlineData(Defect.RejectOnTimeout)]
    public async Task A_broken_engine_is_seen(Defect defect)
    {
        OtherOrdersException? seen = null;
        for (var replay = 1; replay <= ReplaysOfBroken && seen is null; replay++)
        {
            try
            {
                await KillAtRandomAsync(8, new Random(replay), $"{Faults},lost-request=0.1", TimeSpan.FromSeconds(30), defect);
                break;
            }
            catch (OtherOrdersException sign)
            {
                seen = sign;
                output.WriteLine(sign.Message.Split('\n')[0]);
            }
            catch (TimeoutException slow)
            {
                output.WriteLine(slow.Message);
            }
        }

        seen.Should().NotBeNull("other orders should show the defect");
    }

    /// <summary>
    /// The promise itself: whatever the broker took, the engine knows for its own. An engine that saves after it sends leaves its database, when it is
    /// killed, as it was before its last orders; here it is put back so.
    /// </summary>
    [MarketDataTheory]
    [InlineData(Defect.None)]
    [InlineData(Defect.SaveAfterSend)]
    public async Task An_engine_killed_after_it_has_sent_knows_every_order_the_broker_took(Defect defect)
    {
        using var folder = new TemporaryFolder();
        var (market, _) = HourlyReplay.Shorten(folder, rows: 400);
        await using var rig = await TradingRig.StartAsync(market, HourlyReplay.Epic);
        await HourlyReplay.TradeAsync(rig);
        await rig.Engine.KillAsync();
        var account = Path.GetDirectoryName(rig.DatabaseFile)!;
        var before = Directory.GetFiles(account, "mt.db*").ToDictionary(file => file, File.ReadAllBytes);

        rig.BeginEngine(StartupHook.KillAt(Step.AfterSend, SendsBeforeDeath));
        await Until.TrueAsync("the engine kills itself after an order has left", TimeSpan.FromSeconds(150), () => Task.FromResult(rig.Engine.HasExited));
        if (defect == Defect.SaveAfterSend)
        {
            Directory.GetFiles(account, "mt.db*").ToList().ForEach(File.Delete);
            before.ToList().ForEach(file => File.WriteAllBytes(file.Key, file.Value));
        }

        var taken = Ledger.Effects(rig.LedgerFile).Select(order => order.Key).ToArray();
        await rig.StartEngineAsync();

        // What it finds at the broker and has not decided on belongs to no system.
        var known = (await rig.OrdersAsync()).Where(order => order.GetProperty("system").GetString() == HourlyReplay.System)
            .Select(order => order.GetProperty("dealReference").GetString()!).ToHashSet(StringComparer.Ordinal);

        taken.Should().HaveCountGreaterThanOrEqualTo(SendsBeforeDeath);
        taken.Where(reference => !known.Contains(reference)).Any().Should().Be(defect == Defect.SaveAfterSend, "orders are forgotten by a broken engine alone");
    }

    private async Task KillAtRandomAsync(int kills, Random random, string faults, TimeSpan deadline, Defect defect = Defect.None)
    {
        var environment = defect == Defect.None ? null : StartupHook.Broken(defect);
        using var folder = new TemporaryFolder();
        var (market, lastFrame) = HourlyReplay.Shorten(folder, rows: 250 * kills);
        var expected = await HourlyReplay.RunAsync(market, lastFrame);

        await using var rig = await TradingRig.StartAsync(market, "EURUSD", faults);
        if (environment is not null)
        {
            await rig.Engine.KillAsync();
            await rig.StartEngineAsync(environment);
        }

        await HourlyReplay.TradeAsync(rig);
        await Until.TrueAsync("the first bar is taken", TimeSpan.FromSeconds(150), async () => await rig.FrameAsync() > 0);
        var killed = 0;
        for (; killed < kills && await rig.FrameAsync() < lastFrame; killed++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 120)), TimeProvider.System);
            await rig.Engine.KillAsync();
            rig.BeginEngine(environment);
            if (random.Next(4) == 0)
            {
                // Into the start itself: lease, schema, loading, reconciliation.
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 900)), TimeProvider.System);
                continue;
            }

            if (!await rig.ReadyAsync())
            {
                throw new InvalidOperationException($"the engine does not come back: {await rig.Engine.ErrorAsync()}");
            }
        }

        try
        {
            await rig.FinishAsync(lastFrame, deadline);
        }
        catch (TimeoutException)
        {
            // What was ordered so far tells whether it is wrong or only slow; the last order may still be on its way.
            ShouldHave(orders => orders.SkipLast(1).Should().Equal(expected.Take(Math.Max(0, orders.Count - 1))));
            throw;
        }

        output.WriteLine($"{killed} kills, {expected.Count} orders");
        if (killed < kills)
        {
            throw new InvalidOperationException($"the replay was long enough for {killed} of {kills} kills only");
        }

        ShouldHave(orders => orders.Should().Equal(expected));

        void ShouldHave(Action<List<LedgerOrder>> look)
        {
            try
            {
                look(Ledger.Orders(rig.LedgerFile).GetValueOrDefault(HourlyReplay.Epic, []));
            }
            catch (Xunit.Sdk.XunitException sign)
            {
                throw new OtherOrdersException(sign.Message, sign);
            }
        }
    }

    private static int FromEnvironment(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>The broker's ledger tells other orders than those of an undisturbed run.</summary>
    private sealed class OtherOrdersException(string message, Exception cause) : Exception(message, cause);
}
