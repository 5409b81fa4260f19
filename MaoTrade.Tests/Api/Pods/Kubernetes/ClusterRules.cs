using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MaoTrade.Tests.Api.Pods.Kubernetes;

/// <summary>What a cluster refuses, and with which status. Null where nothing is wrong.</summary>
internal static partial class ClusterRules
{
    private static readonly Dictionary<string, (string ApiVersion, string Kind, string[] Members)> Kinds = new(StringComparer.Ordinal)
    {
        ["statefulsets"] = ("apps/v1", "StatefulSet", ["apiVersion", "kind", "metadata", "spec", "status"]),
        ["services"] = ("v1", "Service", ["apiVersion", "kind", "metadata", "spec", "status"]),
        ["secrets"] = ("v1", "Secret", ["apiVersion", "kind", "metadata", "type", "data"]),
        ["pods"] = ("v1", "Pod", ["apiVersion", "kind", "metadata", "spec", "status"]),
    };

    private static readonly string[] FixedOfSet = ["serviceName", "selector", "volumeClaimTemplates"];

    public static (int Status, string Message)? Check(string path, JsonObject body, JsonObject? before)
    {
        var parts = path.Split('/');
        var (resource, name) = (parts[^2], parts[^1]);
        if (!Kinds.TryGetValue(resource, out var kind))
        {
            return (404, "the server could not find the requested resource");
        }

        if (body["apiVersion"]?.ToString() != kind.ApiVersion || body["kind"]?.ToString() != kind.Kind)
        {
            return (400, $"the object's apiVersion and kind do not match the address: {body["apiVersion"]}, {body["kind"]}");
        }

        if (body.FirstOrDefault(member => !kind.Members.Contains(member.Key, StringComparer.Ordinal)).Key is { } unknown)
        {
            return (400, $"strict decoding error: unknown field \"{unknown}\"");
        }

        if (!DnsLabel().IsMatch(name) || name.Length > (resource == "statefulsets" ? 52 : 63) || body["metadata"]?["name"]?.ToString() != name)
        {
            return (422, $"metadata.name: Invalid value: \"{name}\"");
        }

        if ((WrongLabel(body["metadata"]) ?? WrongLabel(body["spec"]?["template"]?["metadata"])) is { } label)
        {
            return (422, $"metadata.labels: Invalid value: \"{label}\"");
        }

        return resource == "statefulsets" ? CheckSet(body, before) : null;
    }

    /// <summary>Adds what a server adds to a set by itself, and writes sizes as it does.</summary>
    public static JsonObject Complete(JsonObject item)
    {
        foreach (var claim in item["spec"]?["volumeClaimTemplates"]?.AsArray().OfType<JsonObject>() ?? [])
        {
            claim["apiVersion"] = "v1";
            claim["kind"] = "PersistentVolumeClaim";
            claim["spec"]!["volumeMode"] ??= "Filesystem";
            claim["status"] = new JsonObject { ["phase"] = "Pending" };
            var size = claim["spec"]!["resources"]!["requests"]!.AsObject();
            size["storage"] = Shortest(size["storage"]!.ToString());
        }

        return item;
    }

    /// <summary>Selectors as <c>a=b,c</c>: equal, or there.</summary>
    public static bool Selects(string? selector, JsonNode item) => string.IsNullOrEmpty(selector) || selector.Split(',').All(term =>
    {
        var pair = term.Split('=');
        var value = item["metadata"]!["labels"]?[pair[0]]?.ToString();
        return pair.Length == 1 ? value is not null : value == pair[1];
    });

    private static string Shortest(string size) =>
        size.EndsWith("Mi", StringComparison.Ordinal) && int.Parse(size[..^2], CultureInfo.InvariantCulture) is var mega && mega % 1_024 == 0 ? $"{mega / 1_024}Gi" : size;

    private static (int Status, string Message)? CheckSet(JsonObject body, JsonObject? before)
    {
        var spec = body["spec"]!;
        foreach (var (key, value) in spec["selector"]!["matchLabels"]!.AsObject())
        {
            if (spec["template"]!["metadata"]!["labels"]?[key]?.ToString() != value!.ToString())
            {
                return (422, "spec.template.metadata.labels: `selector` does not match template `labels`");
            }
        }

        var after = Complete(body.DeepClone().AsObject())["spec"]!;
        if (before is not null && FixedOfSet.Any(member => !JsonNode.DeepEquals(before["spec"]![member], after[member])))
        {
            return (422, "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'template', … are forbidden");
        }

        var pod = spec["template"]!["spec"]!;
        var mounts = pod["containers"]![0]!["volumeMounts"]!.AsArray().Select(mount => mount!["name"]!.ToString());
        var volumes = pod["volumes"]!.AsArray().Select(volume => volume!["name"]!.ToString())
            .Concat(spec["volumeClaimTemplates"]!.AsArray().Select(claim => claim!["metadata"]!["name"]!.ToString())).ToList();
        return mounts.FirstOrDefault(mount => !volumes.Contains(mount, StringComparer.Ordinal)) is { } missing
            ? (422, $"spec.template.spec.containers[0].volumeMounts: Not found: \"{missing}\"")
            : null;
    }

    private static string? WrongLabel(JsonNode? metadata) =>
        metadata?["labels"]?.AsObject().Select(label => label.Value!.ToString()).FirstOrDefault(value => value.Length > 63 || !LabelValue().IsMatch(value));

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DnsLabel();

    [GeneratedRegex("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelValue();
}
