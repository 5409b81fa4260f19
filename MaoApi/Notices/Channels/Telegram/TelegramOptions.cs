using MaoApi.Hosting;

namespace MaoApi.Notices.Channels.Telegram;

/// <summary>A Telegram bot, for chats.</summary>
internal sealed record TelegramOptions
{
    /// <summary>The bot interface's public address.</summary>
    public static readonly Uri Public = new("https://api.telegram.org");

    /// <summary>The bot's token, secret. None: nothing is sent to chats. <c>TELEGRAM_BOT_TOKEN</c>, <c>TELEGRAM_BOT_TOKEN_FILE</c>.</summary>
    public string? BotToken { get; init; }

    /// <summary>Where the bot interface answers. Default Telegram's. <c>TELEGRAM_URL</c>.</summary>
    public Uri Url { get; init; } = Public;

    public static TelegramOptions Read(SettingsReader settings)
    {
        var token = settings.Secret("TELEGRAM_BOT_TOKEN");
        if (token?.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ':' or '-' or '_') == false)
        {
            settings.Fault("TELEGRAM_BOT_TOKEN: not the token of a bot");
        }

        return new TelegramOptions { BotToken = token, Url = settings.Url("TELEGRAM_URL") ?? Public };
    }

    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"{Url}";
}
