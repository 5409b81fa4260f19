using System.Globalization;
using System.Text.Json;
using MaoApi.Commands.Output;

namespace MaoApi.Commands.Checks;

/// <summary>Judges what <c>/srv/monitor</c> tells: pods, jobs, logs, roles.</summary>
internal static class MonitorReport
{
    /// <summary>An engine given up or ended is critical; one that should run and does not yet, or that nobody can look after, is a warning.</summary>
    public static CheckResult Pods(JsonElement data, string? accountId)
    {
        var pods = data.GetProperty("pods").EnumerateArray().Where(pod => accountId is null || pod.Cell("accountId") == accountId).ToList();
        var broken = pods.Where(pod => pod.Cell("state") == "error").Select(Named).ToList();
        var missing = pods.Where(pod => pod.Cell("opMode") == "running" && pod.Cell("state") == "stopped").Select(Named).ToList();
        var lost = pods.Where(pod => pod.Cell("opMode") == "running" && pod.Cell("state") == "running" && pod.Cell("detail").Length > 0).Select(Named).ToList();
        var running = pods.Count(pod => pod.Cell("state") == "running");
        CheckFigure[] figures = [new("running", running), new("error", broken.Count), new("missing", missing.Count)];
        if (pods.Count == 0 && accountId is not null)
        {
            return new CheckResult(CheckResult.Unknown, $"there is no engine of {accountId}");
        }

        return broken.Count > 0 ? new CheckResult(CheckResult.Critical, $"in error: {string.Join(", ", broken)}", figures)
            : missing.Count > 0 ? new CheckResult(CheckResult.Warning, $"not running: {string.Join(", ", missing)}", figures)
            : lost.Count > 0 ? new CheckResult(CheckResult.Warning, $"in trouble: {string.Join(", ", lost)}", figures)
            : new CheckResult(CheckResult.Ok, $"{running} running", figures);
    }

    /// <summary>By how long the latest job is overdue; a job that failed is a warning.</summary>
    public static CheckResult Jobs(JsonElement data, double warn, double crit)
    {
        var jobs = data.GetProperty("jobs").EnumerateArray().ToList();
        var late = jobs.Select(job => Number(job, "lateS")).DefaultIfEmpty(0).Max();
        var failed = jobs.Where(job => job.Cell("lastState") == "failed").Select(job => job.Cell("name")).ToList();
        return new CheckResult(
            failed.Count > 0 ? CheckResult.Warning : CheckResult.Ok,
            failed.Count > 0 ? $"failed: {string.Join(", ", failed)}" : $"{jobs.Count} jobs",
            new CheckFigure("late", late, warn, crit),
            new CheckFigure("failed", failed.Count)).Judged();
    }

    /// <summary>By how far the log store lags behind; lines dropped are a warning.</summary>
    public static CheckResult Logs(JsonElement data, double warn, double crit)
    {
        var logs = data.GetProperty("logs");
        var dropped = Number(logs, "dropped");
        var lag = Number(logs, "lagS");
        return new CheckResult(
            dropped > 0 ? CheckResult.Warning : CheckResult.Ok,
            $"last line {(logs.Cell("lastAt") is { Length: > 0 } at ? at : "never")}",
            new CheckFigure("lag", lag, warn, crit),
            new CheckFigure("dropped", dropped)).Judged();
    }

    /// <summary>By how long nobody with a role was heard of; one that never was is critical.</summary>
    public static CheckResult Role(JsonElement data, string name, double warn, double crit) =>
        data.GetProperty("roles").EnumerateArray().Where(role => role.Cell("name") == name).ToList() is [var role]
            ? new CheckResult(CheckResult.Ok, $"{name} on {role.Cell("machine")}, last heard of {role.Cell("lastAt")}", new CheckFigure("silent", Number(role, "silentS"), warn, crit)).Judged()
            : CheckResult.OfCritical($"no process with the role {name} was ever heard of");

    /// <summary>Accounts whose engines are meant to run.</summary>
    public static IReadOnlyList<string> Wanted(JsonElement data) =>
        [.. data.GetProperty("pods").EnumerateArray().Where(pod => pod.Cell("opMode") == "running").Select(pod => pod.Cell("accountId"))];

    /// <summary>The account, and what stands in its engine's way where somebody knows.</summary>
    private static string Named(JsonElement pod) =>
        pod.Cell("detail") is { Length: > 0 } detail ? $"{pod.Cell("accountId")} ({detail})" : pod.Cell("accountId");

    private static double Number(JsonElement element, string name) =>
        double.TryParse(element.Cell(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
