using System.CommandLine;
using System.Text.Json;
using MaoApi.Auth.Services;
using MaoApi.Commands.Checks;
using MaoApi.Commands.Local;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;
using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Commands.Verbs;

/// <summary>Checks for monitoring programs: one line, exit codes 0 ok, 1 warning, 2 critical, 3 unknown.</summary>
internal static class CheckVerb
{
    private static readonly Option<double?> Warn = new("--warn") { Description = "from here on a warning" };
    private static readonly Option<double?> Crit = new("--crit") { Description = "from here on critical" };
    private static readonly Option<double> Timeout = new("--timeout") { Description = "seconds to wait", DefaultValueFactory = _ => 10 };
    private static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "file {\"keyId\",\"secret\"} with a key of scope monitor (MAO_MONITOR_KEY_FILE; else that of first-run.json)",
    };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("check", "Checks for monitoring programs; exit codes 0 ok, 1 warning, 2 critical, 3 unknown", "check api", "check engine --account demo1");
        Add(verb, console, "api", "The gateway: milliseconds until it says whether it is ready (250, 500)", ApiAsync, "check api --warn 250 --crit 500");
        Add(verb, console, "engine", "An engine of this machine, or all of them, by the wire: milliseconds of the slowest (250, 500)", EngineAsync, "check engine --account demo1");
        Add(verb, console, "pods", "Engines' processes as the gateway sees them", PodsAsync, "check pods --key-file /etc/mao/monitor.json");
        Add(verb, console, "jobs", "Jobs: seconds the latest is overdue (300, 3600)", JobsAsync, "check jobs --warn 300 --crit 3600");
        Add(verb, console, "logs", "The log store: seconds it lags behind (60, 300)", LogsAsync, "check logs --timeout 5");
        return verb;
    }

    private static void Add(
        Verb checks, CommandConsole console, string name, string description, Func<CommandRun, CancellationToken, Task<CheckResult>> look, string example)
    {
        var verb = new Verb(name, description, example).With(
            CommonOptions.Url, CommonOptions.DataDir, CommonOptions.Account, CommonOptions.Json, Warn, Crit, Timeout, KeyFile);
        verb.SetAction(async (words, cancellationToken) =>
        {
            var run = new CommandRun(words, console);
            var result = await LookAsync(run, look, cancellationToken);
            console.Out.WriteLine(run.IsJson
                ? JsonSerializer.Serialize(new { state = result.State, text = result.Text, figures = result.Figures }, CommandJson.Options)
                : result.ToLine("MAO" + name.ToUpperInvariant()));
            return result.State;
        });
        checks.Subcommands.Add(verb);
    }

    /// <summary>Whatever goes wrong with a check is a result of it.</summary>
    private static async Task<CheckResult> LookAsync(
        CommandRun run, Func<CommandRun, CancellationToken, Task<CheckResult>> look, CancellationToken cancellationToken)
    {
        if (run.Get(Timeout) is not (> 0 and <= 3600) || run.Get(Warn) > run.Get(Crit))
        {
            return new CheckResult(CheckResult.Unknown, "--timeout is above 0 and at most 3600, --warn at most --crit");
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(run.Get(Timeout)), run.Console.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await look(run, either.Token);
        }
        catch (CommandException fault)
        {
            return new CheckResult(fault.ExitCode == CommandExit.Unreachable ? CheckResult.Critical : CheckResult.Unknown, fault.Lines[0]);
        }
        catch (HttpRequestException fault)
        {
            return CheckResult.OfCritical($"no answer: {fault.Message}");
        }
        catch (OperationCanceledException)
        {
            return CheckResult.OfCritical($"no answer within {run.Get(Timeout)} s");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or System.Data.Common.DbException)
        {
            return new CheckResult(CheckResult.Unknown, fault.Message);
        }
    }

    private static async Task<CheckResult> ApiAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = new ApiClient(ApiLogIn.UrlOf(run), run.Console.Time);

        // The first answer pays for the start of this process; the second tells how quick the gateway is.
        await ReadyAsync(api, cancellationToken);
        var started = run.Console.Time.GetTimestamp();
        var status = await ReadyAsync(api, cancellationToken);
        var state = status switch
        {
            "ready" => CheckResult.Ok,
            "degraded" => CheckResult.Warning,
            _ => CheckResult.Critical,
        };
        return new CheckResult(state, status.Length == 0 ? "not a gateway" : status, Milliseconds(run, started)).Judged();
    }

    private static async Task<string> ReadyAsync(ApiClient api, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
        using var response = await api.OpenAsync(request, cancellationToken);
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(
            await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        return body.Cell("data.status");
    }

    private static async Task<CheckResult> EngineAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var local = run.OpenFolder();
        IReadOnlyList<string> accounts = run.Account is { } one ? [one] : await AccountsAsync(local, cancellationToken);
        var looks = await Task.WhenAll(accounts.Select(accountId => EngineAsync(run, local, accountId, cancellationToken)));
        return looks.Length == 0
            ? new CheckResult(CheckResult.Unknown, "there are no engines that are meant to run")
            : new CheckResult(
                looks.Max(look => look.State),
                string.Join(", ", looks.Where(look => look.State == looks.Max(worst => worst.State)).Select(look => look.Text)),
                looks.SelectMany(look => look.Figures).OrderByDescending(figure => figure.Value).Take(1).ToArray());
    }

    private static async Task<CheckResult> EngineAsync(CommandRun run, LocalServices local, string accountId, CancellationToken cancellationToken)
    {
        await using var engine = await EngineWire.OpenAsync(local, accountId, run.Console.Time, cancellationToken);
        await engine.StandingAsync(cancellationToken);
        var started = run.Console.Time.GetTimestamp();
        var (state, text) = await engine.StandingAsync(cancellationToken) switch
        {
            null => (CheckResult.Critical, "does not answer"),
            { UnknownOrders: > 0 } unknown => (CheckResult.Critical, $"{unknown.UnknownOrders} orders of unknown outcome"),
            { State: "blocked" } => (CheckResult.Warning, "blocked"),
            { BrokerConnected: false } => (CheckResult.Warning, "no connection to the broker"),
            { State: "ready" } => (CheckResult.Ok, "ready"),
            var other => (CheckResult.Warning, other.State),
        };
        return new CheckResult(state, $"{accountId} {text}", Milliseconds(run, started)).Judged();
    }

    private static async Task<IReadOnlyList<string>> AccountsAsync(LocalServices local, CancellationToken cancellationToken)
    {
        await using var context = await local.Get<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        return await context.Accounts.Where(account => account.IsActive && account.Pod != null && account.Pod.WantedState == Data.Entities.PodStates.Running)
            .OrderBy(account => account.AccountId).Select(account => account.AccountId).ToListAsync(cancellationToken);
    }

    private static async Task<CheckResult> PodsAsync(CommandRun run, CancellationToken cancellationToken) =>
        MonitorReport.Pods(await MonitorAsync(run, cancellationToken), run.Account);

    private static async Task<CheckResult> JobsAsync(CommandRun run, CancellationToken cancellationToken) =>
        MonitorReport.Jobs(await MonitorAsync(run, cancellationToken), run.Get(Warn) ?? 300, run.Get(Crit) ?? 3_600);

    private static async Task<CheckResult> LogsAsync(CommandRun run, CancellationToken cancellationToken) =>
        MonitorReport.Logs(await MonitorAsync(run, cancellationToken), run.Get(Warn) ?? 60, run.Get(Crit) ?? 300);

    private static Task<JsonElement> MonitorAsync(CommandRun run, CancellationToken cancellationToken) =>
        MonitorClient.GetAsync(ApiLogIn.UrlOf(run), "/srv/monitor", KeyOf(run), run.Console.Time, cancellationToken);

    private static ServiceKeySecret KeyOf(CommandRun run)
    {
        if (run.Text(KeyFile, "MAO_MONITOR_KEY_FILE") is not { } path)
        {
            return ApiLogIn.ReadFirstRun(run.DataDir)?.Monitor
                ?? throw new CommandException(CommandExit.Usage, "no key: name a file by --key-file or MAO_MONITOR_KEY_FILE");
        }

        try
        {
            return JsonSerializer.Deserialize<ServiceKeySecret>(File.ReadAllText(path), JsonSerializerOptions.Web)
                is { KeyId.Length: > 0, Secret.Length: > 0 } key
                ? key
                : throw new CommandException(CommandExit.Usage, $"--key-file: {path} holds no key");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandException(CommandExit.Usage, $"--key-file: {fault.Message}");
        }
    }

    private static CheckFigure Milliseconds(CommandRun run, long started) => new(
        "ms", Math.Round(run.Console.Time.GetElapsedTime(started).TotalMilliseconds), run.Get(Warn) ?? 250, run.Get(Crit) ?? 500);
}
