using System.Text.Json;
using System.Text.Json.Nodes;

namespace MaoApi.Pods;

/// <summary>The driver's own settings of a pod (<c>mtpods.config</c>).</summary>
internal sealed record PodConfig
{
    /// <summary>TCP port of the engine's health and metrics.</summary>
    public int? HealthPort { get; init; }

    /// <summary>Signals to create once, when the engine is first ready.</summary>
    public IReadOnlyList<JsonObject> FirstSignals { get; init; } = [];

    public static PodConfig Parse(string json) => JsonSerializer.Deserialize<PodConfig>(json, JsonSerializerOptions.Web)!;

    public override string ToString() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
