namespace MaoApi.Notices.Preferences;

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
