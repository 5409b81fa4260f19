using System.CommandLine;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Verbs;

/// <summary>Studies over market data.</summary>
internal static class StudiesVerb
{
    private static readonly Argument<string> StudyId = new("study") { Description = "id of the study" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("studies", "Lists studies and computes them now", "studies list", "studies run eur-gbp");
        verb.Subcommands.Add(new Verb("list", "Studies and when they are computed", "studies list", "studies list --json")
            .With(CommonOptions.OfRest).Do(console, ListAsync));
        var run = new Verb("run", "Computes a study now, as far as its bars are new", "studies run eur-gbp").With(CommonOptions.OfRest).Do(console, RunAsync);
        run.Arguments.Add(StudyId);
        verb.Subcommands.Add(run);
        return verb;
    }

    private static async Task ListAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await ApiPages.AllAsync(api, "/admin/studies/list", null, cancellationToken);
        run.Show(data, studies => JsonCells.TableOf(
            studies.GetProperty("items"), "studyId", "kind", "tickers", "timeFrame", "parameters", "schedule", "exportSymbol", "enabled"));
    }

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await api.PostAsync("/admin/jobs/run", new { name = "study/" + run.Get(StudyId) }, cancellationToken);
        run.Show(data, job => JsonCells.SheetOf(job, "jobId", "name", "state", "message"));
    }
}
