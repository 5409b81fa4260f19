using System.Globalization;
using System.Text.Json;
using MaoApi.Data.Entities;
using MaoApi.Http;

namespace MaoApi.Notices.Preferences;

/// <summary>How a user wants to be told. What a user never chose has these defaults.</summary>
internal sealed record NoticePreferences
{
    public const string ClockFormat = "HH:mm";

    public NoticeChannels Channels { get; init; } = new();

    /// <summary>The kinds that are sent out; the others are only listed. Messages of services are always sent.</summary>
    public IReadOnlyList<string> Events { get; init; } = NoticeType.OfEngines;

    /// <summary>Begin of the quiet hours; null = none.</summary>
    public TimeOnly? QuietFrom { get; init; }

    /// <summary>End of the quiet hours; before their begin: on the next day.</summary>
    public TimeOnly? QuietTo { get; init; }

    /// <summary>Where the clock hangs, IANA name.</summary>
    public string TimeZone { get; init; } = "UTC";

    public static NoticePreferences Of(Preference? row) => row is null ? new NoticePreferences() : new NoticePreferences
    {
        Channels = JsonSerializer.Deserialize<NoticeChannels>(row.Channels, JsonDefaults.Options)!,
        Events = JsonSerializer.Deserialize<List<string>>(row.Events, JsonDefaults.Options)!,
        QuietFrom = Clock(row.QuietFrom),
        QuietTo = Clock(row.QuietTo),
        TimeZone = row.TimeZone,
    };

    /// <summary>Puts these preferences into a row.</summary>
    public void WriteTo(Preference row)
    {
        row.Channels = JsonSerializer.Serialize(Channels, JsonDefaults.Options);
        row.Events = JsonSerializer.Serialize(Events, JsonDefaults.Options);
        row.QuietFrom = QuietFrom?.ToString(ClockFormat, CultureInfo.InvariantCulture);
        row.QuietTo = QuietTo?.ToString(ClockFormat, CultureInfo.InvariantCulture);
        row.TimeZone = TimeZone;
    }

    private static TimeOnly? Clock(string? text) => text is null ? null : TimeOnly.ParseExact(text, ClockFormat, CultureInfo.InvariantCulture);
}
