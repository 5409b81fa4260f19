using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Trading.Signals;

/// <summary>Where a signal stands; lower-case words on the wire and in the database.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignalState>))]
public enum SignalState
{
    /// <summary>Its start is still to come.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It has done what it was made for, or its end has passed.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>Somebody, or a difference with the broker, stopped it: it sends nothing.</summary>
    [JsonStringEnumMemberName("blocked")]
    Blocked,

    /// <summary>It failed: it sends nothing.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
