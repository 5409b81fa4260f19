using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Verbs;

/// <summary>Signals: what an account trades, and with which parameters.</summary>
internal static class SignalVerb
{
    private static readonly Argument<string> SignalId = new("signalId") { Description = "id of the signal" };
    private static readonly Option<string?> Epic = new("--epic") { Description = "instrument" };
    private static readonly Option<string?> System = new("--system") { Description = "trading system" };
    private static readonly Option<int?> TimeFrame = new("--time-frame") { Description = "seconds of a bar" };
    private static readonly Option<string[]> Param = SystemParameters.Create();
    private static readonly Option<long?> Start = new("--start-trade") { Description = "first moment, Unix seconds" };
    private static readonly Option<long?> End = new("--end-trade") { Description = "last moment, Unix seconds" };
    private static readonly Option<bool?> Blocked = new("--blocked") { Description = "true: it does not trade" };
    private static readonly Option<long?> Version = new("--version-seen") { Description = "version you saw; else the present one" };
    private static readonly Option[] Body = [Epic, System, TimeFrame, Param, Start, End, Blocked];

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("signal", "Lists, makes, changes, deletes and checks signals", "signal list --account demo1");
        verb.Subcommands.Add(new Verb("list", "Signals of an account", "signal list --account demo1", "signal list --account demo1 --json")
            .With(CommonOptions.OfRest).Do(console, ListAsync));
        verb.Subcommands.Add(new Verb(
                "create", "A new signal; its system checks it first",
                "signal create --account demo1 --epic USDJPY --system FUTM --time-frame 60 --param signal=BUY --param qty=10 --param stop_percent=2")
            .With([.. CommonOptions.OfRest, .. Body]).Do(console, (run, token) => SendAsync(run, "create", BodyOf(run), token)));
        verb.Subcommands.Add(Named(new Verb(
                "update", "Changes a signal; what is not named stays",
                "signal update 01J9ZK --account demo1 --param qty=20",
                "signal update 01J9ZK --account demo1 --blocked true")
            .With([.. CommonOptions.OfRest, .. Body, Version]).Do(console, UpdateAsync)));
        verb.Subcommands.Add(Named(new Verb("delete", "Deletes a signal", "signal delete 01J9ZK --account demo1")
            .With([.. CommonOptions.OfRest, Version]).Do(console, DeleteAsync)));
        verb.Subcommands.Add(new Verb(
                "validate", "Asks the trading system whether it would take a signal; exit code 1 where not",
                "signal validate --account demo1 --epic EURUSD --system MacdCrossover --time-frame 60 --param fast_period=12 --param slow_period=26 --param qty=10")
            .With([.. CommonOptions.OfRest, .. Body]).Do(console, ValidateAsync));
        return verb;
    }

    private static Verb Named(Verb verb)
    {
        verb.Arguments.Add(SignalId);
        return verb;
    }

    private static async Task ListAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Trader, cancellationToken);
        var data = await api.PostAsync("/clientmt/signal/crud", new { accountId = run.Account, op = "read" }, cancellationToken);
        run.Show(data, signals => JsonCells.TableOf(
            signals.GetProperty("signals"), "signalId", "epic", "system", "timeFrame", "params", "state", "blocked", "version", "error"));
    }

    private static async Task UpdateAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Trader, cancellationToken);
        var signals = await api.PostAsync("/clientmt/signal/crud", new { accountId = run.Account, op = "read" }, cancellationToken);
        var id = run.Get(SignalId);
        var present = signals.GetProperty("signals").EnumerateArray().FirstOrDefault(signal => signal.Cell("signalId") == id);
        if (present.ValueKind == JsonValueKind.Undefined)
        {
            throw new CommandException(CommandExit.Refused, $"refused: there is no signal {id} (code 20)");
        }

        var body = new JsonObject { ["signalId"] = id, ["version"] = run.Get(Version) ?? present.GetProperty("version").GetInt64() };
        foreach (var name in new[] { "epic", "system", "timeFrame", "params", "startTrade", "endTrade", "blocked" })
        {
            body[name] = present.TryGetProperty(name, out var value) ? JsonNode.Parse(value.GetRawText()) : null;
        }

        foreach (var (name, value) in BodyOf(run).ToArray())
        {
            if (name == "params")
            {
                foreach (var (key, parameter) in value!.AsObject())
                {
                    body["params"]![key] = parameter?.DeepClone();
                }
            }
            else
            {
                body[name] = value?.DeepClone();
            }
        }

        var data = await api.PostAsync("/clientmt/signal/crud", new { accountId = run.Account, op = "update", signal = body }, cancellationToken);
        run.Show(data, Sheet);
    }

    private static Task DeleteAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["signalId"] = run.Get(SignalId) };
        if (run.Get(Version) is { } version)
        {
            body["version"] = version;
        }

        return SendAsync(run, "delete", body, cancellationToken);
    }

    private static async Task SendAsync(CommandRun run, string op, JsonObject signal, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Trader, cancellationToken);
        var data = await api.PostAsync("/clientmt/signal/crud", new { accountId = run.Account, op, signal }, cancellationToken);
        run.Show(data, Sheet);
    }

    private static async Task<int> ValidateAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Trader, cancellationToken);
        var data = await api.PostAsync("/clientmt/signal/validate", new { accountId = run.Account, signal = BodyOf(run) }, cancellationToken);
        run.Show(data, verdict => JsonCells.SheetOf(verdict, "valid", "warnings"));
        return CommandExit.Ok;
    }

    private static CommandTable Sheet(JsonElement data) => data.TryGetProperty("signal", out var signal)
        ? JsonCells.SheetOf(signal, "signalId", "epic", "system", "timeFrame", "params", "state", "blocked", "version")
        : JsonCells.SheetOf(data, "signalId");

    private static JsonObject BodyOf(CommandRun run)
    {
        var body = new JsonObject();
        Add(body, "epic", run.Get(Epic));
        Add(body, "system", run.Get(System));
        Add(body, "timeFrame", run.Get(TimeFrame));
        if (SystemParameters.Read(run.Get(Param)) is { } parameters)
        {
            body["params"] = parameters;
        }

        Add(body, "startTrade", run.Get(Start));
        Add(body, "endTrade", run.Get(End));
        Add(body, "blocked", run.Get(Blocked));
        return body;
    }

    private static void Add<T>(JsonObject body, string name, T? value)
    {
        if (value is not null)
        {
            body[name] = JsonValue.Create(value);
        }
    }
}
