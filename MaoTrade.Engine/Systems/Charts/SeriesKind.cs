using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Systems.Charts;

/// <summary>How a series is drawn; words on the wire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SeriesKind>))]
public enum SeriesKind
{
    [JsonStringEnumMemberName("line")]
    Line = 0,

    [JsonStringEnumMemberName("bars")]
    Bars = 1,

    [JsonStringEnumMemberName("marks")]
    Marks = 2,
}
