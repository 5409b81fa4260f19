namespace MaoApi.Data.Entities;

/// <summary>How a user wants to be told of what (<c>mao_preferences</c>).</summary>
internal sealed class Preference : IVersioned
{
    public int UserKey { get; set; }

    /// <summary>A JSON object: channel to its settings.</summary>
    public string Channels { get; set; } = "{}";

    /// <summary>The kinds of events wanted, a JSON array.</summary>
    public string Events { get; set; } = "[]";

    /// <summary>Begin of the quiet hours, <c>HH:mm</c> in <see cref="TimeZone"/>; null = none.</summary>
    public string? QuietFrom { get; set; }

    public string? QuietTo { get; set; }

    public string TimeZone { get; set; } = "UTC";

    public long Version { get; set; }
}
