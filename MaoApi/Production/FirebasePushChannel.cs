using FirebaseAdmin.Messaging;
using Google.Apis.Auth.OAuth2.Responses;
using MaoApi.Notices;
using MaoApi.Notices.Channels;
using MaoApi.Notices.Channels.Fcm;
using MaoApi.Outbound;
using FcmOptions = MaoApi.Notices.Channels.Fcm.FcmOptions;

namespace MaoApi.Production;

/// <summary>
/// Devices, by FirebaseAdmin. What FCM answered is read as the embedded channel reads it: the library's own codes do not tell a bad device token
/// from a bad message. Repetitions are the delivery queue's.
/// </summary>
internal sealed class FirebasePushChannel(FcmOptions options, TimeProvider time) : INoticeChannel, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly Lazy<FirebaseProject> _project = new(() => new FirebaseProject(
        options.Project!, options.Credentials!, FcmTokens.Scope, new FirebaseHttp(asked => PlaceOf(asked, options))));

    public string Name => ChannelNames.Push;

    public bool IsConfigured => options is { Credentials: not null, Project: not null };

    public async Task<SendResult> SendAsync(NoticeMessage message, string target, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var name = await FirebaseMessaging.GetMessaging(_project.Value.App).SendAsync(MessageOf(FcmMessage.Of(message, target)), either.Token)
                .WaitAsync(either.Token);
            return FcmAnswer.OfName(name);
        }
        catch (FirebaseMessagingException fault) when (fault.HttpResponse is { } response)
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return FcmAnswer.Read(new OutboundAnswer((int)response.StatusCode, body, RetryAdvice.Of(response.Headers.RetryAfter, time)));
        }
        catch (TokenResponseException refused)
        {
            return SendResult.Later($"Google gave out no access token: {refused.Error?.Error ?? refused.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendResult.Later($"no whole answer within {Deadline.TotalSeconds} s");
        }
        catch (NullReferenceException)
        {
            // What the library makes of the answer "null".
            return FcmAnswer.OfName(null);
        }
        catch (Exception fault) when (fault is FirebaseMessagingException or HttpRequestException or IOException)
        {
            return SendResult.Later(fault.Message);
        }
    }

    public void Dispose()
    {
        if (_project.IsValueCreated)
        {
            _project.Value.Dispose();
        }
    }

    private static Uri PlaceOf(Uri asked, FcmOptions options) =>
        asked.Host == FcmOptions.Google.Host ? new Uri(options.Url, asked.PathAndQuery) : asked;

    private static Message MessageOf(FcmMessage message) => new()
    {
        Token = message.Token,
        Notification = new Notification { Title = message.Title, Body = message.Body },
        Data = message.Data,
        Android = new AndroidConfig { Priority = message.IsUrgent ? Priority.High : Priority.Normal, TimeToLive = FcmMessage.TimeToLive },
        Apns = new ApnsConfig { Headers = message.ApnsHeaders },
        Webpush = new WebpushConfig { Headers = message.WebpushHeaders },
    };
}
