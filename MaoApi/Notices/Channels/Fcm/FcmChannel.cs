using System.Net.Http.Headers;
using MaoApi.Outbound;

namespace MaoApi.Notices.Channels.Fcm;

/// <summary>Devices, by the HTTP v1 interface of Firebase Cloud Messaging.</summary>
internal sealed class FcmChannel(FcmOptions options, FcmTokens tokens, ProviderHttp http) : INoticeChannel
{
    public string Name => ChannelNames.Push;

    public bool IsConfigured => options is { Credentials: not null, Project: not null };

    public Task<SendResult> SendAsync(NoticeMessage message, string target, CancellationToken cancellationToken) =>
        ServerFaults.AttemptAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Url, $"/v1/projects/{options.Project}/messages:send"))
            {
                Content = ServerFaults.Json(FcmMessage.Of(message, target).ToJson()),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(cancellationToken));
            return FcmAnswer.Read(await http.SendAsync(request, cancellationToken));
        });
}
