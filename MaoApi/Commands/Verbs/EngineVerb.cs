using System.CommandLine;
using System.Text.Json;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Verbs;

/// <summary>The engines' processes.</summary>
internal static class EngineVerb
{
    private static readonly Argument<string> AccountId = new("account") { Description = "account of the engine" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("engine", "Lists, starts and stops engines", "engine list", "engine restart demo1");
        verb.Subcommands.Add(
            new Verb("list", "Engines, what is wanted of them and what they are", "engine list", "engine list --json")
                .With(CommonOptions.OfRest).Do(console, ListAsync));
        verb.Subcommands.Add(Switch(console, "start", "Starts an engine, also one that was given up"));
        verb.Subcommands.Add(Switch(console, "stop", "Stops an engine and keeps it stopped"));
        verb.Subcommands.Add(Switch(console, "restart", "Stops an engine and starts it again"));
        return verb;
    }

    private static Verb Switch(CommandConsole console, string name, string description)
    {
        var verb = new Verb(name, description, $"engine {name} demo1").With(CommonOptions.OfRest).Do(console, async (run, cancellationToken) =>
        {
            await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
            run.Show(await api.PostAsync($"/admin/pods/{name}", new { accountId = run.Get(AccountId) }, cancellationToken), Sheet);
        });
        verb.Arguments.Add(AccountId);
        return verb;
    }

    private static async Task ListAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var filter = run.Account is null ? null : new { accountId = run.Account };
        var data = await ApiPages.AllAsync(api, "/admin/pods/list", filter, cancellationToken);
        run.Show(data, pods => JsonCells.TableOf(
            pods.GetProperty("items"), "accountId", "opMode", "state", "podId", "startedAt", "restarts", "cpuPercent", "memoryBytes", "exitCode", "detail"));
    }

    private static CommandTable Sheet(JsonElement pod) => JsonCells.SheetOf(pod, "accountId", "opMode", "opRequest", "state", "podId", "startedAt");
}
