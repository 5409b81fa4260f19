namespace MaoApi.Logs;

/// <summary>Which events; what is null asks for nothing.</summary>
internal sealed record LogFilter
{
    /// <summary>This level or a worse one.</summary>
    public string? Level { get; init; }

    public string? App { get; init; }

    public string? Account { get; init; }

    /// <summary>Words that all stand in message or stack trace; the last may be the beginning of one.</summary>
    public string? Text { get; init; }

    public string? Rid { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? To { get; init; }
}
