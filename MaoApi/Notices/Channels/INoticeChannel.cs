namespace MaoApi.Notices.Channels;

/// <summary>A way to reach people. Thread-safe.</summary>
internal interface INoticeChannel
{
    /// <summary>One of <see cref="ChannelNames"/>.</summary>
    string Name { get; }

    /// <summary>Whether the installation has what the channel needs.</summary>
    bool IsConfigured { get; }

    /// <summary>Tries once. Every failure is an answer; only the end of the token throws.</summary>
    /// <param name="message">What to say.</param>
    /// <param name="target">Whom to say it to: a device token, a chat, an address.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<SendResult> SendAsync(NoticeMessage message, string target, CancellationToken cancellationToken);
}

/// <summary>The words of the column and of the preferences.</summary>
internal static class ChannelNames
{
    public const string Push = "push";
    public const string Telegram = "telegram";
    public const string Webhook = "webhook";
}
