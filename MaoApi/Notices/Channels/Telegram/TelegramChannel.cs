using System.Text.Json;
using MaoApi.Outbound;

namespace MaoApi.Notices.Channels.Telegram;

/// <summary>Chats, by the bot interface: https://core.telegram.org/bots/api#sendmessage. Text is sent as it is: nothing in it is markup.</summary>
internal sealed class TelegramChannel(TelegramOptions options, ProviderHttp http) : INoticeChannel
{
    private const int MostCharacters = 4096;

    public string Name => ChannelNames.Telegram;

    public bool IsConfigured => options.BotToken is not null;

    public Task<SendResult> SendAsync(NoticeMessage message, string target, CancellationToken cancellationToken) =>
        ServerFaults.AttemptAsync(async () =>
        {
            var text = message.Title.Length == 0 ? message.Body : $"{message.Title}\n{message.Body}";
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Url, $"/bot{options.BotToken}/sendMessage"))
            {
                Content = ServerFaults.Json(JsonSerializer.SerializeToUtf8Bytes(new
                {
                    chat_id = target,
                    text = text.Length > MostCharacters ? text[..MostCharacters] : text,
                    disable_notification = !message.IsUrgent,
                })),
            };
            return Read(await http.SendAsync(request, cancellationToken));
        });

    private static SendResult Read(OutboundAnswer answer)
    {
        var body = ServerFaults.Read(answer.Body);
        if (body?.Member("ok") is { ValueKind: JsonValueKind.True })
        {
            return SendResult.Sent(body.Value.Member("result")?.Member("message_id")?.ToString());
        }

        var reason = body?.Member("description").Text() ?? "without a reason";
        var text = $"Telegram {answer.Status} {reason}";
        if (ServerFaults.IsPassing(answer.Status))
        {
            return SendResult.Later(text, Wait(body) ?? answer.RetryAfter);
        }

        return answer.Status == StatusCodes.Status403Forbidden || reason.Contains("chat not found", StringComparison.OrdinalIgnoreCase)
            ? SendResult.Gone(text)
            : SendResult.Refused(text);
    }

    private static TimeSpan? Wait(JsonElement? body) =>
        body?.Member("parameters")?.Member("retry_after") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt32(out var wait)
            ? TimeSpan.FromSeconds(wait)
            : null;
}
