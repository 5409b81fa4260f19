using System.Diagnostics;
using System.Text.Json;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Desks;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Market.Frames;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>How long from a bar that comes in to the order intent that is durable, beside a bare fdatasync.</summary>
internal sealed class BarBenchmark : IBenchmark
{
    private const int Bars = 1_000;
    private const int WarmUp = 2_000;
    private const double WantedMilliseconds = 2;
    private const double WantedMicrosecondsWithoutDisk = 20;
    private const string Epic = "EURUSD";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public string Name => "bar";

    public string Summary => "a bar to its stored order intent, against a bare fdatasync of 4 KiB";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var report = new Report("from bar to stored intent", "p50", "p99", "max", "figure", "");
        report.Note($"{Bars} bars with an order each, {Pause.TotalMilliseconds} ms apart, each followed by a bare fdatasync in the same folder");
        report.Note("without disk: decision, rows and SQL on a database in memory, the loop called directly");
        var folder = children.CreateFolder();
        var (bars, syncs) = await LiveAsync(folder);
        var limit = Math.Max(WantedMilliseconds, 3 * At(syncs, 0.99) / 1_000);
        report.Row(Figure.AtMost(limit, At(bars, 0.99) / 1_000, " ms p99"), "live loop, SQLite on disk", Micros(bars, 0.5), Micros(bars, 0.99), Micros(bars, 1));
        report.Row(null, "bare fdatasync", Micros(syncs, 0.5), Micros(syncs, 0.99), Micros(syncs, 1));
        var direct = await DirectAsync();
        report.Row(
            Figure.AtMost(WantedMicrosecondsWithoutDisk, At(direct, 0.5), " µs p50"),
            "without disk", Micros(direct, 0.5), Micros(direct, 0.99), Micros(direct, 1));
        return report;
    }

    private static async Task<(double[] Bars, double[] Syncs)> LiveAsync(string folder)
    {
        using var watch = new CommitWatch();
        using var account = await AccountDesk.CreateAsync(folder);
        await using var live = new LiveDesk(account);
        live.Broker.Connect();
        await UntilAsync(live, () => live.Board.State is { Stage: EngineStage.Ready });
        await live.CommandAsync(Signal());
        await using var probe = new FileStream(Path.Combine(folder, "probe"), FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.None);
        var page = new byte[4096];
        var bars = new double[Bars];
        var syncs = new double[Bars];
        for (var i = -(WarmUp / 10); i < Bars; i++)
        {
            var stored = watch.NextAsync();
            var started = Stopwatch.GetTimestamp();
            live.Broker.Say(Bar(i + WarmUp));
            var elapsed = Stopwatch.GetElapsedTime(started, await stored).TotalMicroseconds;
            await UntilAsync(live, () => live.Board.State!.OpenOrders.IsEmpty);
            await Task.Delay(Pause, TimeProvider.System);
            started = Stopwatch.GetTimestamp();
            await RandomAccess.WriteAsync(probe.SafeFileHandle, page, (i & 63) * page.Length);
            RandomAccess.FlushToDisk(probe.SafeFileHandle);
            if (i >= 0)
            {
                (bars[i], syncs[i]) = (elapsed, Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            }
        }

        return (Sorted(bars), Sorted(syncs));
    }

    private static async Task<double[]> DirectAsync()
    {
        using var account = await AccountDesk.CreateInMemoryAsync();
        var desk = account.Desk;
        var broker = new BenchBroker();
        broker.Connect();
        Take(desk, new ConnectedInput(broker.Capabilities));
        Take(desk, new SurveyInput(new BrokerSurvey(
            [], "0", (await broker.PortfolioAsync(CancellationToken.None))!, [], [], DateTimeOffset.UnixEpoch)));
        Take(desk, new CommandInput(new CommandTicket(null, long.MaxValue), Signal()));
        var times = new double[Bars];
        for (var i = -WarmUp; i < Bars; i++)
        {
            var input = new BrokerInput(Bar(i + WarmUp));
            var started = Stopwatch.GetTimestamp();
            Take(desk, input);
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }

            await FillAsync(desk, broker);
        }

        return Sorted(times);
    }

    /// <summary>Lets the order of the last bar run to its fill, unmeasured.</summary>
    private static async Task FillAsync(TradeDesk desk, BenchBroker broker)
    {
        var order = desk.State.Orders[desk.State.OpenOrders[0]];
        Take(desk, new DispatchInput(order.OrderId));
        var answer = await broker.SubmitAsync(order.ToTicket(), CancellationToken.None);
        Take(desk, new AnswerInput(order.OrderId, 1, answer));
        while (broker.Events.TryRead(out var said))
        {
            if (said is FillEvent)
            {
                Take(desk, new BrokerInput(said));
            }
        }
    }

    private static void Take(TradeDesk desk, TradeInput input)
    {
        desk.Clear();
        desk.Decide(input);
        desk.Commit();
    }

    private static FrameEvent Bar(int number) => new(
        null, Epic, 60, new Frame(number * 60L, 1.1m, 1.2m, 1.0m, 1.1m, 1m), Closed: true, Late: false, DateTimeOffset.FromUnixTimeSeconds((number + 1) * 60L));

    private static UpsertSignalCommand Signal() => new()
    {
        SrvId = 6,
        Signal = new SignalProposal
        {
            Epic = Epic,
            System = "EveryBar",
            TimeFrame = 60,
            Params = JsonDocument.Parse("{}").RootElement,
        },
    };

    private static async Task UntilAsync(LiveDesk live, Func<bool> holds)
    {
        for (var tries = 0; !holds(); tries++)
        {
            if (live.Ended.IsCompleted)
            {
                await live.Ended;
            }

            if (tries > 20_000)
            {
                throw new BenchException("the trade loop does not come to rest");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private static double[] Sorted(double[] times) => [.. times.Order()];

    private static double At(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];

    private static string Micros(double[] sorted, double share) => $"{At(sorted, share):N1} µs";
}
