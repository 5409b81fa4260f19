using MaoApi.Hosting;

namespace MaoApi.MarketData;

/// <summary>The store of market history.</summary>
internal sealed record HistoryOptions
{
    private const int BytesPerMegabyte = 1 << 20;

    /// <summary>Memory for bars that were read, MB. Default 64, range 0 (none) to 4,096. <c>HISTORY_CACHE_MB</c>.</summary>
    public int CacheMegabytes { get; init; } = 64;

    /// <summary>Days bars shorter than an hour are kept. Default 0 (for ever), range 0 to 36,500. <c>HISTORY_MINUTE_DAYS</c>.</summary>
    public int MinuteDays { get; init; }

    /// <summary>Days bars from an hour to less than a day are kept. Default 0 (for ever), range 0 to 36,500. <c>HISTORY_HOUR_DAYS</c>.</summary>
    public int HourDays { get; init; }

    /// <summary>Days bars of a day and longer are kept. Default 0 (for ever), range 0 to 36,500. <c>HISTORY_DAY_DAYS</c>.</summary>
    public int DayDays { get; init; }

    public long CacheBytes => (long)CacheMegabytes * BytesPerMegabyte;

    /// <summary>How long bars of a length are kept; null for ever.</summary>
    public TimeSpan? RetentionOf(int timeFrameSeconds)
    {
        var days = timeFrameSeconds < TimeFrames.Hour ? MinuteDays : timeFrameSeconds < TimeFrames.Day ? HourDays : DayDays;
        return days == 0 ? null : TimeSpan.FromDays(days);
    }

    public static HistoryOptions Read(SettingsReader settings) => new()
    {
        CacheMegabytes = settings.Integer("HISTORY_CACHE_MB", 64, 0, 4096),
        MinuteDays = settings.Integer("HISTORY_MINUTE_DAYS", 0, 0, 36_500),
        HourDays = settings.Integer("HISTORY_HOUR_DAYS", 0, 0, 36_500),
        DayDays = settings.Integer("HISTORY_DAY_DAYS", 0, 0, 36_500),
    };
}
