using System.Globalization;
using MaoTrade.Bench.CommandLine;
using MaoTrade.Bench.Containers;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;
using MaoTrade.Bench.Reports;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>What engines in containers take, and how soon they trade.</summary>
internal sealed class ContainersBenchmark : IBenchmark
{
    private const int Engines = 20;
    private const int Rounds = 5;
    private const double Mega = 1_000_000;
    private const double Mebi = 1024 * 1024;

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(10);

    public string Name => "containers";

    public string Summary => $"{Engines} engines in containers, two systems each: start, kill, memory, processor, a restart of the gateway";

    public async Task<Report> RunAsync(BenchOptions options, Children children)
    {
        var report = new Report("what", "measured", "figure", "");
        if (await Docker.LackAsync() is { } lack)
        {
            report.Row(null, "skipped", lack);
            return report;
        }

        report.Note("docker-compose, profile pods, paper market at 60 times real time; trading = ready, and a frame of the market processed");
        await SizesAsync(report);
        await using var stack = await PodsUnderTest.StartAsync(children, [.. Enumerable.Range(0, Engines).Select(NameOf)]);
        var accounts = Enumerable.Range(0, Engines).Select(index => stack.AccountOf(NameOf(index))).ToList();
        await AddAsync(stack, accounts[0]);
        Row(report, "stopped, started by the pod: docker start to trading", 3, await StartsAsync(stack, accounts[0]));
        await AddAsync(stack, accounts[1]);
        Row(report, "SIGKILL of its process to trading again", 5, await KillsAsync(accounts[0], Rounds, async engine =>
            await Docker.RunAsync("kill", ["-KILL", (await PodsUnderTest.PidAsync(engine)).ToString(CultureInfo.InvariantCulture)], null)));
        Row(report, "docker kill to trading again", 5, await KillsAsync(accounts[1], Rounds, engine => Docker.RunAsync("kill", engine)));

        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(accounts.Skip(2).Select(accountId => AddAsync(stack, accountId)));
        report.Row(null, $"{Engines - 2} more at once, from their accounts' being added until all trade", $"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");
        await FleetAsync(report, accounts);
        await RestartAsync(report, stack, accounts);
        return report;
    }

    private static string NameOf(int index) => $"b{index}x";

    private static void Row(Report report, string what, double limit, Series seconds) =>
        report.Row(Figure.AtMost(limit, seconds.Median, " s"), what, $"{seconds.Format("F2")} s");

    private static async Task SizesAsync(Report report)
    {
        var sizes = await Task.WhenAll(Docker.Images.Select(async image =>
            double.Parse(await Docker.RunAsync("image", "inspect", "--format", "{{.Size}}", image), CultureInfo.InvariantCulture)));
        report.Row(Figure.AtMost(250, (sizes[0] - sizes[2]) / Mega, " MB"), "engine's image over its base", $"{(sizes[0] - sizes[2]) / Mega:F0} MB");
        report.Row(Figure.AtMost(250, (sizes[1] - sizes[2]) / Mega, " MB"), "gateway's image over its base", $"{(sizes[1] - sizes[2]) / Mega:F0} MB");
    }

    private static async Task AddAsync(PodsUnderTest stack, string accountId)
    {
        await stack.AddAsync(accountId);
        await PodsUnderTest.ReadyAsync(accountId, trading: false);
        await PodsUnderTest.UntilAsync("its systems run", async () =>
        {
            await stack.BeginTradingAsync(accountId);
            return true;
        });
        await PodsUnderTest.ReadyAsync(accountId, trading: true);
    }

    private static async Task<Series> StartsAsync(PodsUnderTest stack, string accountId)
    {
        var engine = PodsUnderTest.EngineOf(accountId);
        var seconds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var before = await PodsUnderTest.StartedAsync(engine);
            await stack.SwitchAsync(accountId, "stop");
            await PodsUnderTest.UntilAsync("it has stopped", async () => await PodsUnderTest.InspectAsync(engine, "{{.State.Running}}") == "false");
            await stack.SwitchAsync(accountId, "start");
            var trades = await PodsUnderTest.ReadyAsync(accountId, trading: true, before);
            seconds[round] = (trades - await PodsUnderTest.StartedAsync(engine)).TotalSeconds;
        }

        return new Series(seconds);
    }

    /// <summary>One less than what is held for a crash loop is killed in a row.</summary>
    private static async Task<Series> KillsAsync(string accountId, int rounds, Func<string, Task> kill)
    {
        var engine = PodsUnderTest.EngineOf(accountId);
        var seconds = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var before = await PodsUnderTest.StartedAsync(engine);
            var began = TimeProvider.System.GetUtcNow();
            await kill(engine);
            seconds[round] = (await PodsUnderTest.ReadyAsync(accountId, trading: true, before) - began).TotalSeconds;
        }

        return new Series(seconds);
    }

    private static async Task FleetAsync(Report report, List<string> accounts)
    {
        var pids = await Task.WhenAll(accounts.Select(accountId => PodsUnderTest.PidAsync(PodsUnderTest.EngineOf(accountId))));
        var before = ProcessFigures.Cpu(pids);
        await Task.Delay(Watched, TimeProvider.System);
        var cpu = (ProcessFigures.Cpu(pids) - before).TotalSeconds / Watched.TotalSeconds;
        var own = new Series([.. pids.Select(pid => ProcessFigures.PrivateBytes(pid) / Mebi)]);
        var all = new Series([.. pids.Select(pid => ProcessFigures.WorkingSetBytes(pid) / Mebi)]);
        report.Row(Figure.AtMost(120, own.Max, " MiB"), $"private memory of {pids.Length} engines that trade (RssAnon + RssShmem)", $"{own.Format("F0")} MiB");
        report.Row(Figure.AtMost(200, all.Max, " MiB"), "with what they share (VmRSS)", $"{all.Format("F0")} MiB");
        report.Row(null, "private memory of all together", $"{pids.Sum(pid => ProcessFigures.PrivateBytes(pid)) / Mebi:F0} MiB");
        report.Row(null, "processor of all together", $"{cpu:F2} cores");
    }

    private static async Task RestartAsync(Report report, PodsUnderTest stack, List<string> accounts)
    {
        var before = await RunsAsync(accounts);
        await stack.ComposeAsync("restart", "pods-gateway", "pod");
        await stack.HealthyAsync("pods-gateway");
        await stack.HealthyAsync("pod");
        var after = await RunsAsync(accounts);
        var touched = before.Zip(after).Count(pair => pair.First != pair.Second);
        report.Row(Figure.AtMost(0, touched, ""), "engines touched by a restart of gateway and pod", $"{touched} of {accounts.Count}");
    }

    private static async Task<IReadOnlyList<string>> RunsAsync(List<string> accounts) => await Task.WhenAll(accounts.Select(accountId =>
        PodsUnderTest.InspectAsync(PodsUnderTest.EngineOf(accountId), "{{.Id}} {{.State.StartedAt}} {{.State.Pid}}")));
}
