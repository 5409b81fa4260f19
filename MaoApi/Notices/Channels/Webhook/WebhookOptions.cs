using MaoApi.Hosting;

namespace MaoApi.Notices.Channels.Webhook;

/// <summary>Messages to addresses of users.</summary>
internal sealed record WebhookOptions
{
    private const int FewestCharacters = 32;

    /// <summary>
    /// What the secrets of receivers follow from, at least 32 characters; the same at every gateway of an installation. Default one made at
    /// the first start and kept in <c>keys/webhook.key</c>. <c>WEBHOOK_SECRET</c>, <c>WEBHOOK_SECRET_FILE</c>.
    /// </summary>
    public string? Secret { get; init; }

    public static WebhookOptions Read(SettingsReader settings)
    {
        var secret = settings.Secret("WEBHOOK_SECRET");
        if (secret?.Length < FewestCharacters)
        {
            settings.Fault($"WEBHOOK_SECRET: shorter than {FewestCharacters} characters");
        }

        return new WebhookOptions { Secret = secret };
    }

    /// <summary>Shows no secret.</summary>
    public override string ToString() => Secret is null ? "of the data folder" : "***";
}
