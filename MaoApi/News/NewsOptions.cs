using MaoApi.Hosting;

namespace MaoApi.News;

/// <summary>News.</summary>
internal sealed record NewsOptions
{
    /// <summary>How long news are kept, days. Default 365, range 1 to 3,650. <c>NEWS_RETENTION_DAYS</c>.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(365);

    public static NewsOptions Read(SettingsReader settings) =>
        new() { Retention = TimeSpan.FromDays(settings.Integer("NEWS_RETENTION_DAYS", 365, 1, 3650)) };
}
