using System.Text.Json;
using MaoApi.Http;
using MaoApi.Outbound;

namespace MaoApi.Notices.Channels.Webhook;

/// <summary>Addresses of users: a signed POST of JSON. The answer's body is never looked at: it is a stranger's.</summary>
internal sealed class WebhookChannel(WebhookSecrets secrets, OutboundRules rules, OutboundHttp http, TimeProvider time) : INoticeChannel
{
    private const int Gone = 410;

    public string Name => ChannelNames.Webhook;

    public bool IsConfigured => true;

    public Task<SendResult> SendAsync(NoticeMessage message, string target, CancellationToken cancellationToken) =>
        ServerFaults.AttemptAsync(async () =>
        {
            if (rules.Read(target, out var problem) is not { } url)
            {
                return SendResult.Refused(problem);
            }

            var body = JsonSerializer.SerializeToUtf8Bytes(
                new { message.Id, message.Type, message.Title, Message = message.Body, message.At, Urgent = message.IsUrgent, message.Data }, JsonDefaults.Options);
            var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString();
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = ServerFaults.Json(body) };
            request.Headers.Add(WebhookSignature.TimestampHeader, timestamp);
            request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Create(secrets.Of(message.UserKey, target), timestamp, body));
            request.Headers.Add(WebhookSignature.DeliveryHeader, message.Id);
            return Read(await http.SendAsync(request, cancellationToken));
        });

    private static SendResult Read(OutboundAnswer answer) => answer.Status switch
    {
        >= 200 and < 300 => SendResult.Sent(null),
        Gone => SendResult.Gone("the receiver says 410"),
        >= 300 and < 400 => SendResult.Refused($"the receiver redirects ({answer.Status}), which is not followed"),
        var status when ServerFaults.IsPassing(status) => SendResult.Later($"the receiver says {status}", answer.RetryAfter),
        var status => SendResult.Refused($"the receiver says {status}"),
    };
}
