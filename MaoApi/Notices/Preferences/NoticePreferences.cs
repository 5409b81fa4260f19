using System.Text.Json;
using MaoApi.Http;

namespace MaoApi.Notices.Preferences;

/// <summary>How a user wants to be told; in the database as JSON. What a user never chose has these defaults.</summary>
internal sealed record NoticePreferences
{
    public NoticeChannels Channels { get; init; } = new();

    /// <summary>The kinds that are sent out; the others are only listed. Messages of services are always sent.</summary>
    public IReadOnlyList<string> Events { get; init; } = NoticeType.OfEngines;

    /// <summary>Begin of the quiet hours; null = none.</summary>
    public TimeOnly? QuietFrom { get; init; }

    /// <summary>End of the quiet hours; before their begin: on the next day.</summary>
    public TimeOnly? QuietTo { get; init; }

    /// <summary>Where the clock hangs, IANA name.</summary>
    public string TimeZone { get; init; } = "UTC";

    public static NoticePreferences Parse(string? json) =>
        json is null ? new NoticePreferences() : JsonSerializer.Deserialize<NoticePreferences>(json, JsonDefaults.Options)!;

    public override string ToString() => JsonSerializer.Serialize(this, JsonDefaults.Options);
}

/// <summary>The ways a user can be reached.</summary>
internal sealed record NoticeChannels
{
    /// <summary>All devices that have push on.</summary>
    public bool Push { get; init; } = true;

    public TelegramChat? Telegram { get; init; }

    public WebhookAddress? Webhook { get; init; }
}

/// <summary>A chat of the installation's bot.</summary>
internal sealed record TelegramChat(string ChatId);

/// <summary>An address that is called.</summary>
internal sealed record WebhookAddress(string Url);
