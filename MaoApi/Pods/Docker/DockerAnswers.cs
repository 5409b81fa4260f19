using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace MaoApi.Pods.Docker;

/// <summary>Reads what Docker's interface answers.</summary>
internal static class DockerAnswers
{
    /// <summary>The answer of <c>/containers/{name}/json</c>.</summary>
    public static DockerContainer Container(JsonNode node)
    {
        var state = node["State"]!;
        var labels = node["Config"]?["Labels"]?.AsObject().ToDictionary(label => label.Key, label => label.Value?.ToString() ?? "", StringComparer.Ordinal);
        return new DockerContainer(
            node["Id"]!.ToString(),
            state["Status"]!.ToString(),
            (bool)state["Running"]!,
            (bool)state["Restarting"]!,
            (int)state["ExitCode"]!,
            (bool?)state["OOMKilled"] ?? false,
            state["Error"]?.ToString() ?? "",
            Time(state["StartedAt"]),
            labels ?? []);
    }

    /// <summary>The answer of <c>/networks/{name}</c>; null where it is not shaped as ours are.</summary>
    public static DockerNetwork? Network(JsonNode node)
    {
        if (node["IPAM"]?["Config"]?.AsArray() is not [{ } config, ..] || !IPNetwork.TryParse(config["Subnet"]?.ToString(), out var subnet))
        {
            return null;
        }

        return new DockerNetwork(
            node["Id"]!.ToString(),
            node["Name"]!.ToString(),
            DockerNetwork.At(subnet.BaseAddress, 1),
            DockerNetwork.At(subnet.BaseAddress, 2),
            node["Containers"]?.AsObject().Select(member => member.Key).ToHashSet(StringComparer.Ordinal) ?? []);
    }

    private static DateTimeOffset Time(JsonNode? text) =>
        DateTimeOffset.TryParse(text?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default;
}
