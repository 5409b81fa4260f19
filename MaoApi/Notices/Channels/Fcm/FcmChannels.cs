namespace MaoApi.Notices.Channels.Fcm;

/// <summary>How devices are reached in this build.</summary>
internal static partial class FcmChannels
{
    /// <summary>How the channel of the production stack is made; null where it is not in this build.</summary>
    public static readonly Func<FcmOptions, TimeProvider, INoticeChannel>? Production = Find();

    /// <summary>The adapter of the production stack.</summary>
    static partial void AddProduction(ref Func<FcmOptions, TimeProvider, INoticeChannel>? built);

    private static Func<FcmOptions, TimeProvider, INoticeChannel>? Find()
    {
        Func<FcmOptions, TimeProvider, INoticeChannel>? built = null;
        AddProduction(ref built);
        return built;
    }
}
