using System.CommandLine;
using System.Text.Json;
using MaoApi.Auth.Services;
using MaoApi.Commands.Checks;
using MaoApi.Commands.Local;
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

    private static readonly Option<string?> Role = new("--role")
    {
        Description = "a process with the role api, pod or data: seconds it has been silent, told by the gateway to a monitor's key (60, 120)",
    };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("check", "Checks for monitoring programs; exit codes 0 ok, 1 warning, 2 critical, 3 unknown", "check api", "check engine --account demo1");
        Add(verb, console, "api", "The gateway: milliseconds until it says whether it is ready (250, 500)", ApiAsync, "check api --warn 250 --crit 500", "check api --role pod");
        Add(verb, console, "engine", "An engine, or all of them: milliseconds of the slowest (250, 500); by the gateway where --key-file or MAO_MONITOR_KEY_FILE names a key, else by the wire of this machine", EngineAsync, "check engine --account demo1", "check engine --account demo1 --key-file /etc/mao/monitor.json");
        Add(verb, console, "pods", "Engines' processes as the gateway sees them", PodsAsync, "check pods --key-file /etc/mao/monitor.json");
        Add(verb, console, "jobs", "Jobs: seconds the latest is overdue (300, 3600)", JobsAsync, "check jobs --warn 300 --crit 3600");
        Add(verb, console, "logs", "The log store: seconds it lags behind (60, 300)", LogsAsync, "check logs --timeout 5");
        return verb;
    }

    private static void Add(
        Verb checks, CommandConsole console, string name, string description, Func<CommandRun, CancellationToken, Task<CheckResult>> look, params IReadOnlyList<string> examples)
    {
        var verb = new Verb(name, description, examples).With(
            CommonOptions.Url, CommonOptions.DataDir, CommonOptions.Account, CommonOptions.Json, Warn, Crit, Timeout, KeyFile);
        if (name == "api")
        {
            verb.With(Role);
        }

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
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException || DatabaseFault.Is(fault))
        {
            return new CheckResult(CheckResult.Unknown, fault.GetBaseException().Message);
        }
    }

    private static async Task<CheckResult> ApiAsync(CommandRun run, CancellationToken cancellationToken)
    {
        if (run.Get(Role) is { } role)
        {
            return MonitorReport.Role(await MonitorAsync(run, "", cancellationToken), role, run.Get(Warn) ?? 60, run.Get(Crit) ?? 120);
        }

        await using var api = new ApiClient(ApiLogIn.UrlOf(run), run.Console.Time);

        // The first answer pays for the start of this process; the second tells how quick the gateway is.
        await ReadyAsync(api, cancellationToken);
        var started = run.Console.Time.GetTimestamp();
        return HealthReport.Of(await ReadyAsync(api, cancellationToken), Milliseconds(run, started));
    }

    private static async Task<JsonElement> ReadyAsync(ApiClient api, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
        using var response = await api.OpenAsync(request, cancellationToken);
        return await JsonSerializer.DeserializeAsync<JsonElement>(
            await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
    }

    private static async Task<CheckResult> EngineAsync(CommandRun run, CancellationToken cancellationToken)
    {
        if (run.Text(KeyFile, "MAO_MONITOR_KEY_FILE") is not null)
        {
            IReadOnlyList<string> wanted = run.Account is { } only ? [only] : MonitorReport.Wanted(await MonitorAsync(run, "", cancellationToken));
            return EngineReport.Of(await Task.WhenAll(wanted.Select(async accountId => EngineReport.Of(
                await MonitorAsync(run, $"/engine/{Uri.EscapeDataString(accountId)}", cancellationToken), WarnOf(run), CritOf(run)))));
        }

        await using var local = await run.OpenFolderAsync(cancellationToken);
        IReadOnlyList<string> accounts = run.Account is { } one ? [one] : await AccountsAsync(local, cancellationToken);
        return EngineReport.Of(await Task.WhenAll(accounts.Select(accountId => EngineAsync(run, local, accountId, cancellationToken))));
    }

    private static async Task<CheckResult> EngineAsync(CommandRun run, LocalServices local, string accountId, CancellationToken cancellationToken)
    {
        await using var engine = await EngineWire.OpenAsync(local, accountId, run.Console.Time, cancellationToken);
        await engine.StandingAsync(cancellationToken);
        var started = run.Console.Time.GetTimestamp();
        var standing = await engine.StandingAsync(cancellationToken);
        return EngineReport.Of(accountId, standing, Milliseconds(run, started));
    }

    private static async Task<IReadOnlyList<string>> AccountsAsync(LocalServices local, CancellationToken cancellationToken)
    {
        await using var context = await local.Get<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        return await context.Accounts.Where(account => account.IsActive && account.Pod != null && account.Pod.WantedState == Data.Entities.PodStates.Running)
            .OrderBy(account => account.AccountId).Select(account => account.AccountId).ToListAsync(cancellationToken);
    }

    private static async Task<CheckResult> PodsAsync(CommandRun run, CancellationToken cancellationToken) =>
        MonitorReport.Pods(await MonitorAsync(run, "", cancellationToken), run.Account);

    private static async Task<CheckResult> JobsAsync(CommandRun run, CancellationToken cancellationToken) =>
        MonitorReport.Jobs(await MonitorAsync(run, "", cancellationToken), run.Get(Warn) ?? 300, run.Get(Crit) ?? 3_600);

    private static async Task<CheckResult> LogsAsync(CommandRun run, CancellationToken cancellationToken) =>
        MonitorReport.Logs(await MonitorAsync(run, "", cancellationToken), run.Get(Warn) ?? 60, run.Get(Crit) ?? 300);

    /// <summary>What a gateway that is away would have said is not known: whether it is away another check tells.</summary>
    private static async Task<JsonElement> MonitorAsync(CommandRun run, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await MonitorClient.GetAsync(ApiLogIn.UrlOf(run), "/srv/monitor" + path, KeyOf(run), run.Console.Time, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new CommandException(CommandExit.Refused, $"the gateway does not answer: {fault.Message}");
        }
        catch (OperationCanceledException)
        {
            throw new CommandException(CommandExit.Refused, $"the gateway does not answer within {run.Get(Timeout)} s");
        }
    }

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
        "ms", Math.Round(run.Console.Time.GetElapsedTime(started).TotalMilliseconds), WarnOf(run), CritOf(run));

    private static double WarnOf(CommandRun run) => run.Get(Warn) ?? 250;

    private static double CritOf(CommandRun run) => run.Get(Crit) ?? 500;
}
