using MaoApi.Notices.Channels;
using MaoApi.Notices.Channels.Fcm;
using MaoTrade.Tests.Api.Auth.Firebase;

namespace MaoTrade.Tests.Api.Notices;

/// <summary>Devices by FirebaseAdmin.</summary>
[NeedsFirebaseAdmin]
public sealed class FirebasePushChannelTests : FcmChannelContract, IDisposable
{
    private readonly List<INoticeChannel> _made = [];

    public void Dispose() => _made.OfType<IDisposable>().ToList().ForEach(channel => channel.Dispose());

    private protected override INoticeChannel Channel(FcmOptions options)
    {
        var channel = FcmChannels.Production!(options, TimeProvider.System);
        _made.Add(channel);
        return channel;
    }
}
