using MaoApi.Production;

// The other half of the class is in every build.
namespace MaoApi.Notices.Channels.Fcm;

internal static partial class FcmChannels
{
    static partial void AddProduction(ref Func<FcmOptions, TimeProvider, INoticeChannel>? built) =>
        built = (options, time) => new FirebasePushChannel(options, time);
}
