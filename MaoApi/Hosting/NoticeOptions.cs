using MaoApi.Notices.Channels.Fcm;
using MaoApi.Notices.Channels.Telegram;
using MaoApi.Notices.Channels.Webhook;
using MaoApi.Outbound;

namespace MaoApi.Hosting;

/// <summary>How people are told, and where the gateway may call to do so.</summary>
internal sealed record NoticeOptions
{
    public FcmOptions Fcm { get; init; } = new();

    public TelegramOptions Telegram { get; init; } = new();

    public WebhookOptions Webhook { get; init; } = new();

    public OutboundOptions Outbound { get; init; } = new();

    /// <summary>How long notices are kept, days. Default 90, range 1 to 3,650. <c>NOTICE_RETENTION_DAYS</c>.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    public static NoticeOptions Read(SettingsReader settings) => new()
    {
        Fcm = FcmOptions.Read(settings),
        Telegram = TelegramOptions.Read(settings),
        Webhook = WebhookOptions.Read(settings),
        Outbound = OutboundOptions.Read(settings),
        Retention = TimeSpan.FromDays(settings.Integer("NOTICE_RETENTION_DAYS", 90, 1, 3650)),
    };
}
