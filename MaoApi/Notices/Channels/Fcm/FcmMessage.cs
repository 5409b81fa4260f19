using System.Text.Json;

namespace MaoApi.Notices.Channels.Fcm;

/// <summary>The body of <c>messages:send</c>: https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages.</summary>
internal static class FcmMessage
{
    /// <summary>FCM refuses a message over 4096 bytes, keys and values of its data included.</summary>
    private const int MostBytes = 4096;

    private const int MostTitle = 200;
    private const int MostBody = 1000;
    private const string TimeToLive = "86400s";

    public static byte[] Write(NoticeMessage message, string token)
    {
        var data = message.Data.Where(pair => IsOpenKey(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value);
        data["type"] = message.Type;
        data["noticeId"] = message.Id;
        var title = Cut(message.Title, MostTitle);
        var body = Cut(message.Body, MostBody);
        var whole = Serialize(message, token, title, body, data);

        // What programs were to get is left out rather than the text that people were to get.
        return whole.Length <= MostBytes
            ? whole
            : Serialize(message, token, title, Cut(body, MostBody / 4), new Dictionary<string, string> { ["type"] = message.Type, ["noticeId"] = message.Id });
    }

    private static byte[] Serialize(NoticeMessage message, string token, string title, string body, Dictionary<string, string> data) =>
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            message = new
            {
                token,
                notification = new { title, body },
                data,
                android = new { priority = message.IsUrgent ? "high" : "normal", ttl = TimeToLive },
                apns = new { headers = new Dictionary<string, string> { ["apns-priority"] = message.IsUrgent ? "10" : "5" } },
                webpush = new { headers = new Dictionary<string, string> { ["Urgency"] = message.IsUrgent ? "high" : "normal", ["TTL"] = "86400" } },
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
