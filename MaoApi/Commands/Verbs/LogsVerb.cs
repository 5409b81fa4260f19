using System.CommandLine;
using System.Text.Json;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Verbs;

/// <summary>Logs: of an engine as ZIP, and of everything in one place.</summary>
internal static class LogsVerb
{
    private static readonly Option<string?> Day = new("--day") { Description = "yyyy-MM-dd, UTC; default today" };
    private static readonly Option<string?> LastDay = new("--to-day") { Description = "the last day, where several are wanted" };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "file; default the name the gateway gives" };
    private static readonly Option<bool> AsAdmin = new("--admin") { Description = "as administrator: any account" };
    private static readonly Option<string?> Level = new("--level") { Description = "least level: debug, info, warning, error, critical" };
    private static readonly Option<string?> App = new("--app") { Description = "maoapi, maopod, maodata or maotrade" };
    private static readonly Option<string?> Text = new("--text") { Description = "words of the message" };
    private static readonly Option<string?> RequestId = new("--rid") { Description = "id of a request" };
    private static readonly Option<string?> From = new("--from") { Description = "first moment, ISO-8601" };
    private static readonly Option<string?> To = new("--to") { Description = "moment before which, ISO-8601" };
    private static readonly Option<int?> Limit = new("--limit") { Description = "lines, 1 to 200, default 50" };
    private static readonly Option<string?> Cursor = new("--cursor") { Description = "where the page before ended" };

    private static readonly string[] TailColumns = ["timestamp", "levelName", "app", "mtaccount", "message"];

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("logs", "Downloads, searches and follows logs", "logs get --account demo1", "logs search --level error");
        verb.Subcommands.Add(new Verb(
                "get",
                "Downloads an engine's log of a day or of several as ZIP; one that broke off goes on where it ended",
                "logs get --account demo1",
                "logs get --account demo1 --day 2026-11-01 --to-day 2026-11-20 --output november.zip")
            .With([.. CommonOptions.OfRest, Day, LastDay, Output, AsAdmin]).Do(console, GetAsync));
        verb.Subcommands.Add(new Verb(
                "search", "Searches the logs of gateway and engines",
                "logs search --level error --from 2026-11-21T08:00:00Z",
                "logs search --account demo1 --text \"order rejected\" --json")
            .With([.. CommonOptions.OfRest, Level, App, Text, RequestId, From, To, Limit, Cursor]).Do(console, SearchAsync));
        verb.Subcommands.Add(new Verb(
                "tail", "Follows the logs until Ctrl-C", "logs tail", "logs tail --account demo1 --level warning")
            .With([.. CommonOptions.OfRest, Level, App, Text, RequestId]).Do(console, TailAsync));
        return verb;
    }

    private static async Task GetAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var asAdmin = run.Get(AsAdmin);
        await using var api = await run.ConnectAsync(asAdmin ? ApiUser.Administrator : ApiUser.Trader, cancellationToken);
        var body = new
        {
            accountId = run.Account,
            logDate = run.Get(Day) ?? run.Console.Time.GetUtcNow().ToString("yyyy-MM-dd"),
            logDateTo = run.Get(LastDay),
        };
        var target = run.Get(Output) ?? (run.Account is null ? null : $"{run.Account}-{body.logDate}{(body.logDateTo is null ? "" : $"-{body.logDateTo}")}.zip");
        var (file, size, sha256) = await new LogDownloader(api, run.Console).RunAsync(
            () => ApiClient.Post(asAdmin ? "/admin/logmt" : "/clientmt/log", body), Path.GetFileName, target, cancellationToken);
        run.Show(CommandJson.Of(new { file, size, sha256 }), data => JsonCells.SheetOf(data, "file", "size", "sha256"));
    }

    private static async Task SearchAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await api.PostAsync(
            "/admin/logs/search",
            new
            {
                level = run.Get(Level),
                app = run.Get(App),
                account = run.Account,
                text = run.Get(Text),
                rid = run.Get(RequestId),
                from = run.Get(From),
                to = run.Get(To),
                limit = run.Get(Limit),
                cursor = run.Get(Cursor),
            },
            cancellationToken);
        run.Show(data, lines => JsonCells.TableOf(lines.GetProperty("items"), "timestamp", "levelName", "app", "mtaccount", "module", "message"));
        if (data.Cell("cursor") is { Length: > 0 } cursor)
        {
            run.Note($"more: --cursor {cursor}");
        }
    }

    private static async Task TailAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var path = ApiPath.Of(
            "/admin/logs/tail",
            ("level", run.Get(Level)), ("app", run.Get(App)), ("account", run.Account), ("text", run.Get(Text)), ("rid", run.Get(RequestId)));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await api.OpenAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            await ApiClient.DataOfAsync(response, cancellationToken);
        }

        try
        {
            await foreach (var line in EventStream.ReadAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken))
            {
                Print(run, line);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how this ends.
        }
    }

    private static void Print(CommandRun run, string json)
    {
        if (run.IsJson)
        {
            run.Console.Out.WriteLine(json);
            return;
        }

        using var line = JsonDocument.Parse(json);
        var root = line.RootElement;
        run.Console.Out.WriteLine(string.Join(
            ' ', TailColumns.Select(name => MaoApi.Http.LogText.Clean(root.Cell(name)))));
    }
}
