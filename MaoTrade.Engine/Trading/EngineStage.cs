using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Trading;

/// <summary>Where the engine stands; lower-case words on the wire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EngineStage>))]
public enum EngineStage
{
    [JsonStringEnumMemberName("starting")]
    Starting,

    [JsonStringEnumMemberName("reconciling")]
    Reconciling,

    [JsonStringEnumMemberName("ready")]
    Ready,

    [JsonStringEnumMemberName("blocked")]
    Blocked,

    [JsonStringEnumMemberName("stopping")]
    Stopping,
}
