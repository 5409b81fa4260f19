using System.Text.Json.Serialization;

namespace MaoApi.Logs;

/// <summary>One event of the central log, with the field names of the log collection.</summary>
internal sealed record LogRecord
{
    /// <summary>What the store calls it; empty before it is stored.</summary>
    public string Id { get; init; } = "";

    /// <summary>Which program: <c>maoapi</c>, <c>maotrade</c>.</summary>
    public required string App { get; init; }

    /// <summary>The account of the engine; empty for the gateway.</summary>
    [JsonPropertyName("mtaccount")]
    public string Account { get; init; } = "";

    /// <summary>The machine.</summary>
    [JsonPropertyName("compname")]
    public string Machine { get; init; } = "";

    /// <summary>The class that logged.</summary>
    public string Module { get; init; } = "";

    public string? FuncName { get; init; }

    [JsonPropertyName("lineno")]
    public int? LineNumber { get; init; }

    /// <summary>One of <see cref="LogLevels"/>.</summary>
    public required string LevelName { get; init; }

    public string? Thread { get; init; }

    public string? Topic { get; init; }

    public string? TopicId { get; init; }

    public required string Message { get; init; }

    [JsonPropertyName("stacktrace")]
    public string? StackTrace { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The same moment on the machine's own clock.</summary>
    [JsonPropertyName("localtime")]
    public string LocalTime => TimeZoneInfo.ConvertTime(Timestamp, TimeZoneInfo.Local).ToString("yyyy-MM-dd'T'HH:mm:ss.fff");

    /// <summary>The file the event was read from; null where there was none.</summary>
    public string? FileLog { get; init; }

    /// <summary>The request that caused it.</summary>
    public string? Rid { get; init; }

    /// <summary>The name of the kind of event, where it has one.</summary>
    public string? Event { get; init; }
}
