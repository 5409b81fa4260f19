using System.CommandLine;
using System.Text.Json;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Verbs;

/// <summary>System tests on recorded prices.</summary>
internal static class BacktestVerb
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private static readonly Option<string?> System = new("--system") { Description = "trading system", Required = true };
    private static readonly Option<string?> Epic = new("--epic") { Description = "instrument", Required = true };
    private static readonly Option<int?> TimeFrame = new("--time-frame") { Description = "seconds of a bar; default as the data" };
    private static readonly Option<string?> From = new("--from") { Description = "first day, or ISO-8601 moment" };
    private static readonly Option<string?> To = new("--to") { Description = "last day, or ISO-8601 moment before which" };
    private static readonly Option<string[]> Param = SystemParameters.Create();
    private static readonly Option<string?> Fill = new("--fill") { Description = "next-open or close" };
    private static readonly Option<string?> Fee = new("--fee") { Description = "none, per-share:R[,min:M] or percent:P" };
    private static readonly Option<string?> Sizing = new("--sizing") { Description = "system, qty:N or equity:F[,buffer:B]" };
    private static readonly Option<long?> Seed = new("--seed") { Description = "seed of the ids" };

    public static Verb Create(CommandConsole console) =>
        new Verb(
                "backtest",
                "Tests a trading system in an account's engine on recorded prices, and waits for the report",
                "backtest --account demo1 --system MacdCrossover --epic EURUSD --param fast_period=5 --param slow_period=20 --param qty=100",
                "backtest --account demo1 --system Swing --epic EURUSD --from 2026-01-01 --to 2026-06-30 --json")
            .With([.. CommonOptions.OfRest, System, Epic, TimeFrame, From, To, Param, Fill, Fee, Sizing, Seed])
            .Do(console, RunAsync);

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Trader, cancellationToken);
        var job = await api.PostAsync(
            "/clientmt/backtest/start",
            new
            {
                accountId = run.Account,
                system = run.Get(System),
                epic = run.Get(Epic),
                timeFrame = run.Get(TimeFrame),
                from = run.Get(From),
                to = run.Get(To),
                @params = SystemParameters.Read(run.Get(Param)),
                rules = new { fill = run.Get(Fill), fee = run.Get(Fee), sizing = run.Get(Sizing), seed = run.Get(Seed) },
            },
            cancellationToken);
        var path = "/clientmt/backtest/" + Uri.EscapeDataString(job.Cell("jobId"));
        try
        {
            await WaitAsync(run, api, path, job, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await api.PostAsync(path + "/cancel", new { accountId = run.Account }, CancellationToken.None);
            throw;
        }

        var report = await api.GetAsync(ApiPath.Of(path + "/result", ("accountId", run.Account)), cancellationToken);
        run.Show(report, data => JsonCells.SheetOf(
            data, "system", "epic", "timeFrame", "from", "to", "bars", "startEquity", "endEquity", "figures.trades", "figures.winRate",
            "figures.profitFactor", "figures.totalReturn", "figures.annualReturn", "figures.sharpe", "figures.maxDrawdown"));
    }

    private static async Task WaitAsync(CommandRun run, ApiClient api, string path, JsonElement job, CancellationToken cancellationToken)
    {
        using var progress = new CommandProgress(run.Console, "testing");
        while (job.Cell("state") is "queued" or "running")
        {
            progress.Show(job.GetProperty("progress").GetDouble(), job.Cell("state"));
            await Task.Delay(PollInterval, run.Console.Time, cancellationToken);
            job = await api.GetAsync(ApiPath.Of(path, ("accountId", run.Account)), cancellationToken);
        }

        if (job.Cell("state") != "done")
        {
            throw new CommandException(CommandExit.Refused, $"the test is {job.Cell("state")}: {job.Cell("error")}");
        }
    }
}
