using System.Text.Json;
using MaoApi.Commands.Output;
using MaoApi.Health;

namespace MaoApi.Commands.Checks;

/// <summary>Judges what <c>/health/ready</c> says.</summary>
internal static class HealthReport
{
    /// <summary>What other checks look at closer: it raises no second alarm here.</summary>
    private static readonly string[] Elsewhere =
        [DependencyNames.Engines, DependencyNames.Pods, DependencyNames.Jobs, DependencyNames.LogStore];

    /// <summary>A gateway that is not ready is critical, one that lacks something nobody else looks at a warning.</summary>
    public static CheckResult Of(JsonElement body, CheckFigure ms)
    {
        var status = body.Cell("data.status");
        var lacking = Lacking(body);
        var text = lacking.Count == 0 ? status : $"{status}: {string.Join(", ", lacking.Select(check => $"{check.Name} {check.Message}"))}";
        return (status switch
        {
            "ready" => new CheckResult(CheckResult.Ok, text, ms),
            "degraded" when lacking.Count > 0 && lacking.All(check => Elsewhere.Contains(check.Name)) => new CheckResult(CheckResult.Ok, text, ms),
            "degraded" => new CheckResult(CheckResult.Warning, text, ms),
            "" => new CheckResult(CheckResult.Critical, "not a gateway", ms),
            _ => new CheckResult(CheckResult.Critical, text, ms),
        }).Judged();
    }

    private static List<(string Name, string Message)> Lacking(JsonElement body) =>
        body.TryGetProperty("data", out var data) && data.TryGetProperty("checks", out var checks) && checks.ValueKind == JsonValueKind.Object
            ? [.. checks.EnumerateObject().Where(check => check.Value.Cell("status") != HealthCheck.Healthy).Select(check => (check.Name, check.Value.Cell("message")))]
            : [];
}
