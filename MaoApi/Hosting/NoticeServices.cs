using MaoApi.Notices;
using MaoApi.Notices.Channels;
using MaoApi.Notices.Channels.Fcm;
using MaoApi.Notices.Channels.Telegram;
using MaoApi.Notices.Channels.Webhook;
using MaoApi.Notices.Outbox;
using MaoApi.Outbound;

namespace MaoApi.Hosting;

/// <summary>What tells people, and the way to foreign addresses.</summary>
internal static class NoticeServices
{
    public static void Add(IServiceCollection services, NoticeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Fcm);
        services.AddSingleton(options.Telegram);
        services.AddSingleton(options.Webhook);
        services.AddSingleton(options.Outbound);
        services.AddSingleton<OutboundRules>();
        services.AddSingleton(provider => new OutboundHttp(
            options.Outbound, provider.GetRequiredService<OutboundRules>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ProviderHttp>();
        services.AddSingleton<WebhookSecrets>();
        AddFcm(services, options.Fcm);
        services.AddSingleton<INoticeChannel, TelegramChannel>();
        services.AddSingleton<INoticeChannel, WebhookChannel>();
        services.AddSingleton<NoticeBook>();
        services.AddSingleton<NoticeBell>();
        services.AddSingleton<DeadTargets>();
        services.AddSingleton<DeliveryAttempts>();
        services.AddHostedService<NoticeSender>();
    }

    private static void AddFcm(IServiceCollection services, FcmOptions options)
    {
        if (FcmChannels.Production is { } make)
        {
            services.AddSingleton(provider => make(options, provider.GetRequiredService<TimeProvider>()));
            return;
        }

        services.AddSingleton<FcmTokens>();
        services.AddSingleton<INoticeChannel, FcmChannel>();
    }
}
