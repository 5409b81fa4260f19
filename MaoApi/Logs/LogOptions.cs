using MaoApi.Hosting;
using Serilog.Events;

namespace MaoApi.Logs;

/// <summary>The central log.</summary>
internal sealed record LogOptions
{
    /// <summary>Days events are kept in the store; the engines' daily files are kept longer. Default 30, range 1 to 3,650. <c>LOG_RETENTION_DAYS</c>.</summary>
    public int RetentionDays { get; init; } = 30;

    /// <summary>Where they are searched.</summary>
    public LogStoreOptions Store { get; init; } = new();

    /// <summary>Whether this program fills the store; otherwise Fluentd does.</summary>
    public bool IsStoredHere => Store.Store == LogStores.Embedded;

    /// <summary>
    /// Whether events go to stdout as JSON lines, for a log driver that hands them to Fluentd; otherwise warnings go there as text.
    /// Default true where what Fluentd collects is searched, else false. <c>FLUENTD_ENABLED</c>.
    /// </summary>
    public bool IsCollected { get; init; }

    /// <summary>The least level that goes there then: debug, info, warning, error or critical. Default info. <c>FLUENTD_LOG_LEVEL</c>.</summary>
    public LogEventLevel CollectedLevel { get; init; } = LogEventLevel.Information;

    public static LogOptions Read(SettingsReader settings)
    {
        var store = LogStoreOptions.Read(settings);
        return new LogOptions
        {
            RetentionDays = settings.Integer("LOG_RETENTION_DAYS", 30, 1, 3650),
            Store = store,
            IsCollected = settings.Flag("FLUENTD_ENABLED", store.Store == LogStores.MongoDb),
            CollectedLevel = Level(settings),
        };
    }

    private static LogEventLevel Level(SettingsReader settings)
    {
        switch (settings.Text("FLUENTD_LOG_LEVEL")?.ToLowerInvariant())
        {
            case "debug":
                return LogEventLevel.Debug;
            case null or "info":
                return LogEventLevel.Information;
            case "warning":
                return LogEventLevel.Warning;
            case "error":
                return LogEventLevel.Error;
            case "critical":
                return LogEventLevel.Fatal;
            case var text:
                settings.Fault($"FLUENTD_LOG_LEVEL: '{text}' is none of debug, info, warning, error, critical");
                return LogEventLevel.Information;
        }
    }
}
