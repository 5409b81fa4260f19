using MaoApi.Hosting;

namespace MaoApi.Logs;

/// <summary>The central log.</summary>
internal sealed record LogOptions
{
    /// <summary>Days events are kept in the store; the engines' daily files are kept longer. Default 30, range 1 to 3,650. <c>LOG_RETENTION_DAYS</c>.</summary>
    public int RetentionDays { get; init; } = 30;

    public static LogOptions Read(SettingsReader settings) => new() { RetentionDays = settings.Integer("LOG_RETENTION_DAYS", 30, 1, 3650) };
}
