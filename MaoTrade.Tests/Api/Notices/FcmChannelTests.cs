using MaoApi.Notices.Channels;
using MaoApi.Notices.Channels.Fcm;
using MaoApi.Outbound;

namespace MaoTrade.Tests.Api.Notices;

/// <summary>Devices by FCM's HTTP interface.</summary>
public sealed class FcmChannelTests : FcmChannelContract, IDisposable
{
    private readonly ProviderHttp _http = new(TimeProvider.System);

    public void Dispose() => _http.Dispose();

    private protected override INoticeChannel Channel(FcmOptions options) => new FcmChannel(options, new FcmTokens(options), _http);
}
