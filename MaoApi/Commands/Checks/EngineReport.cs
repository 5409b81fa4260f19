using System.Globalization;
using System.Text.Json;
using MaoApi.Commands.Local;
using MaoApi.Commands.Output;

namespace MaoApi.Commands.Checks;

/// <summary>Judges where engines stand.</summary>
internal static class EngineReport
{
    /// <summary>One engine by what it said over the wire.</summary>
    public static CheckResult Of(string accountId, EngineStanding? standing, CheckFigure ms)
    {
        var (state, text) = standing switch
        {
            null => (CheckResult.Critical, "does not answer"),
            { UnknownOrders: > 0 } unknown => (CheckResult.Critical, $"{unknown.UnknownOrders} orders of unknown outcome"),
            { State: "blocked" } => (CheckResult.Warning, "blocked"),
            { BrokerConnected: false } => (CheckResult.Warning, "no connection to the broker"),
            { State: "ready" } => (CheckResult.Ok, "ready"),
            var other => (CheckResult.Warning, other.State),
        };
        return new CheckResult(state, $"{accountId} {text}", ms).Judged();
    }

    /// <summary>One engine by what the gateway says of it. One that is meant to be stopped is well.</summary>
    public static CheckResult Of(JsonElement standing, double warn, double crit)
    {
        var accountId = standing.Cell("accountId");
        if (standing.Cell("opMode") != "running")
        {
            return new CheckResult(CheckResult.Ok, $"{accountId} is meant to be stopped");
        }

        if (standing.Cell("answers") != "yes")
        {
            return CheckResult.OfCritical($"{accountId} does not answer: {standing.Cell("message")}");
        }

        var ms = new CheckFigure("ms", standing.GetProperty("ms").GetDouble(), warn, crit);
        var said = standing.Deserialize<EngineStanding>(JsonSerializerOptions.Web);
        var result = standing.Cell("stale") == "yes"
            ? new CheckResult(CheckResult.Critical, $"{accountId} answers, but its trade loop stands still", ms)
            : Of(accountId, said, ms);
        return result.State == CheckResult.Ok && standing.Cell("feedAvailable") == "no"
            ? new CheckResult(CheckResult.Warning, $"{accountId} has no fresh prices since {Last(said)}", ms)
            : result;
    }

    /// <summary>Several engines: the worst state, who is in it, and the slowest answer.</summary>
    public static CheckResult Of(IReadOnlyList<CheckResult> engines) => engines.Count == 0
        ? new CheckResult(CheckResult.Unknown, "there are no engines that are meant to run")
        : new CheckResult(
            engines.Max(engine => engine.State),
            string.Join(", ", engines.Where(engine => engine.State == engines.Max(worst => worst.State)).Select(engine => engine.Text)),
            [.. engines.SelectMany(engine => engine.Figures).OrderByDescending(figure => figure.Value).Take(1)]);

    private static string Last(EngineStanding? standing) =>
        standing?.LastFrameAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "its start";
}
