using System.CommandLine;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Verbs;

/// <summary>Jobs on market data.</summary>
internal static class JobsVerb
{
    private const int LatestRuns = 50;

    private static readonly Argument<string> JobName = new("name") { Description = "name of the job" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("jobs", "Lists jobs and runs them now", "jobs list", "jobs run purge");
        verb.Subcommands.Add(new Verb("list", "Jobs, when they ran and when they are due; with --json also the latest runs", "jobs list", "jobs list --json")
            .With(CommonOptions.OfRest).Do(console, ListAsync));
        var run = new Verb("run", "Runs a job now", "jobs run purge").With(CommonOptions.OfRest).Do(console, RunAsync);
        run.Arguments.Add(JobName);
        verb.Subcommands.Add(run);
        return verb;
    }

    private static async Task ListAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await api.PostAsync("/admin/jobs/list", new { limit = LatestRuns }, cancellationToken);
        run.Show(data, jobs => JsonCells.TableOf(
            jobs.GetProperty("jobs"), "name", "lane", "schedule", "enabled", "state", "lastRun", "lastState", "nextRun"));
    }

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await api.PostAsync("/admin/jobs/run", new { name = run.Get(JobName) }, cancellationToken);
        run.Show(data, job => JsonCells.SheetOf(job, "jobId", "kind", "state", "message"));
    }
}
