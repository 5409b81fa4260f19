using System.Text.Json;

namespace MaoApi.Notices.Channels.Fcm;

/// <summary>A message to one device: https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages.</summary>
/// <param name="Token">The device's.</param>
/// <param name="Title">One line for people.</param>
/// <param name="Body">The text for people.</param>
/// <param name="Data">For programs.</param>
/// <param name="IsUrgent">Whether the device should be woken.</param>
internal sealed record FcmMessage(string Token, string Title, string Body, IReadOnlyDictionary<string, string> Data, bool IsUrgent)
{
    /// <summary>How long FCM keeps a message for a device that is off.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromDays(1);

    /// <summary>FCM refuses a message over 4096 bytes, keys and values of its data included.</summary>
    private const int MostBytes = 4096;

    private const int MostTitle = 200;
    private const int MostBody = 1000;

    /// <summary>Apple's words for the urgency.</summary>
    public IReadOnlyDictionary<string, string> ApnsHeaders => new Dictionary<string, string> { ["apns-priority"] = IsUrgent ? "10" : "5" };

    /// <summary>The browsers' words for urgency and time to live, RFC 8030.</summary>
    public IReadOnlyDictionary<string, string> WebpushHeaders =>
        new Dictionary<string, string> { ["Urgency"] = IsUrgent ? "high" : "normal", ["TTL"] = $"{TimeToLive.TotalSeconds}" };

    /// <summary>A notice as FCM takes it: cut to its limits, without the words it keeps for itself.</summary>
    public static FcmMessage Of(NoticeMessage message, string token)
    {
        var own = new Dictionary<string, string> { ["type"] = message.Type, ["noticeId"] = message.Id };
        var data = message.Data.Where(pair => IsOpenKey(pair.Key)).Concat(own).ToDictionary(pair => pair.Key, pair => pair.Value);
        var whole = new FcmMessage(token, Cut(message.Title, MostTitle), Cut(message.Body, MostBody), data, message.IsUrgent);

        // What programs were to get is left out rather than the text that people were to get.
        return whole.ToJson().Length <= MostBytes ? whole : whole with { Body = Cut(whole.Body, MostBody / 4), Data = own };
    }

    /// <summary>The body of <c>messages:send</c>.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        message = new
        {
            token = Token,
            notification = new { title = Title, body = Body },
            data = Data,
            android = new { priority = IsUrgent ? "high" : "normal", ttl = $"{TimeToLive.TotalSeconds}s" },
            apns = new { headers = ApnsHeaders },
            webpush = new { headers = WebpushHeaders },
        },
    });

    /// <summary>Words that FCM keeps for itself.</summary>
    private static bool IsOpenKey(string key) =>
        key is not ("from" or "message_type" or "collapse_key" or "type" or "noticeId")
        && !key.StartsWith("google", StringComparison.OrdinalIgnoreCase) && !key.StartsWith("gcm", StringComparison.OrdinalIgnoreCase);

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end];
    }
}
