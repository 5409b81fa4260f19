using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Systems.Journal;

/// <summary>How much a line matters. The numbers are in the database, the words on the wire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    [JsonStringEnumMemberName("debug")]
    Debug = 0,

    [JsonStringEnumMemberName("info")]
    Info = 1,

    [JsonStringEnumMemberName("warning")]
    Warning = 2,

    [JsonStringEnumMemberName("error")]
    Error = 3,

    [JsonStringEnumMemberName("critical")]
    Critical = 4,
}
