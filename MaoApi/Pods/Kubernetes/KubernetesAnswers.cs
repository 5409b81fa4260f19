using System.Globalization;
using System.Text.Json.Nodes;

namespace MaoApi.Pods.Kubernetes;

/// <summary>Reads what a cluster's API answers.</summary>
internal static class KubernetesAnswers
{
    /// <summary>A pod with one container.</summary>
    public static KubernetesPod Pod(JsonNode node)
    {
        var status = node["status"];
        var container = status?["containerStatuses"]?.AsArray().FirstOrDefault(item => item?["name"]?.ToString() == KubernetesSpec.Container);
        var ended = container?["state"]?["terminated"] ?? container?["lastState"]?["terminated"];
        var isFailed = status?["phase"]?.ToString() is "Failed" or "Succeeded";
        var (waiting, message) = Waiting(status, container);
        return new KubernetesPod(
            node["metadata"]!["uid"]!.ToString(),
            node["metadata"]!["resourceVersion"]!.ToString(),
            (int?)container?["restartCount"] ?? 0,
            Time(container?["state"]?["running"]?["startedAt"]),
            ended is not null ? End(ended, isFailed ? Reason(status) : null) : isFailed ? new PodEnd(null, Reason(status)) : null,
            isFailed,
            waiting,
            message,
            node["metadata"]!["labels"]?["controller-revision-hash"]?.ToString());
    }

    /// <summary>Names the template a set makes its pods from; null while the cluster has not seen the last change of it.</summary>
    public static string? Revision(JsonNode? set) =>
        (long?)set?["status"]?["observedGeneration"] >= (long?)set?["metadata"]?["generation"] ? set!["status"]!["updateRevision"]?.ToString() : null;

    /// <summary>What a container uses, from the API of metrics: <c>12345678n</c> and <c>98304Ki</c> or with other endings.</summary>
    public static PodUsage? Usage(JsonNode? node) => node?["containers"]?.AsArray().FirstOrDefault()?["usage"] is { } usage
        ? new PodUsage(Math.Round(100 * Quantity(usage["cpu"]?.ToString() ?? "0"), 1), (long)Quantity(usage["memory"]?.ToString() ?? "0"))
        : null;

    private static (string? Reason, string? Message) Waiting(JsonNode? status, JsonNode? container)
    {
        if (container?["state"]?["running"] is not null)
        {
            return (null, null);
        }

        if (container?["state"]?["waiting"] is { } waiting)
        {
            return (waiting["reason"]?.ToString() ?? "Waiting", waiting["message"]?.ToString());
        }

        var unscheduled = status?["conditions"]?.AsArray()
            .FirstOrDefault(item => item?["type"]?.ToString() == "PodScheduled" && item["status"]?.ToString() == "False");
        return unscheduled is not null
            ? (unscheduled["reason"]?.ToString() ?? "Pending", unscheduled["message"]?.ToString())
            : (status?["reason"]?.ToString() ?? status?["phase"]?.ToString() ?? "Pending", status?["message"]?.ToString());
    }

    /// <summary>The reason only where it says more than the code: why the whole pod is over, or else the container.</summary>
    private static PodEnd End(JsonNode terminated, string? whole)
    {
        var reason = terminated["reason"]?.ToString();
        return new PodEnd((int?)terminated["exitCode"], whole ?? (reason is "Error" or "Completed" ? null : reason));
    }

    private static string? Reason(JsonNode? status) =>
        status?["reason"]?.ToString() is { } reason ? status["message"]?.ToString() is { Length: > 0 } message ? $"{reason}: {message}" : reason : null;

    private static DateTimeOffset? Time(JsonNode? text) =>
        DateTimeOffset.TryParse(text?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static double Quantity(string text)
    {
        var digits = text.TrimEnd('n', 'u', 'm', 'k', 'K', 'M', 'G', 'i');
        var factor = text[digits.Length..] switch
        {
            "n" => 1e-9,
            "u" => 1e-6,
            "m" => 1e-3,
            "k" => 1e3,
            "M" => 1e6,
            "G" => 1e9,
            "Ki" => 1024,
            "Mi" => 1024 * 1024,
            "Gi" => 1024.0 * 1024 * 1024,
            _ => 1,
        };
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number * factor : 0;
    }
}
