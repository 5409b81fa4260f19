namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>Market hours under a name, for symbols to refer to.</summary>
public sealed record SessionConfig
{
    /// <summary>Required, unique.</summary>
    public string? Name { get; set; }

    /// <summary>IANA name; the account's time zone when absent.</summary>
    public string? TimeZone { get; set; }

    /// <summary>When the market is open; at least one.</summary>
    public IReadOnlyList<WindowConfig?> Windows { get; set; } = [];

    /// <summary>Days yyyy-MM-dd, in the session's time zone, on which no window opens.</summary>
    public IReadOnlyList<string?> Holidays { get; set; } = [];
}

/// <summary>A stretch of the week in which a market is open.</summary>
public sealed record WindowConfig
{
    /// <summary>mon, tue, wed, thu, fri, sat, sun: the days on which it opens.</summary>
    public IReadOnlyList<string?> Days { get; set; } = [];

    /// <summary>HH:mm, 00:00 to 23:59.</summary>
    public string? Open { get; set; }

    /// <summary>HH:mm, 00:00 to 24:00; a time before <see cref="Open"/> is one of the next day.</summary>
    public string? Close { get; set; }
}
