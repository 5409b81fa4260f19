using MaoApi.Logs;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace MaoApi.Hosting;

/// <summary>A file a day and the log store for everything, the console for what somebody should look at or, as JSON, for a collector. All drop rather than make a request wait.</summary>
internal static class GatewayLogging
{
    private const int MaxWaiting = 20_000;
    private const int MaxDays = 31;

    public static void Add(ILoggingBuilder logging, DataFolder folder, GatewayRoles roles, string? instance, LogOptions options, bool withStatements)
    {
        var pulse = new LogPulse();
        var feed = new LogFeed(AppOf(roles));
        logging.Services.AddSingleton(pulse);
        logging.Services.AddSingleton(feed);
        var lines = new LoggerConfiguration().MinimumLevel.Information().Enrich.With<LogLineNames>();
        lines = options.IsCollected
            ? lines.WriteTo.Console(new GatewayDocument(feed.App), options.CollectedLevel)
            : lines.WriteTo.Console(LogEventLevel.Warning, LogLineNames.Template);
        var files = lines
            .WriteTo.File(
                Path.Combine(folder.Logs, instance is null ? $"{feed.App}-.log" : $"{feed.App}-{instance}-.log"),
                outputTemplate: LogLineNames.Template,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: MaxDays,
                buffered: true,
                flushToDiskInterval: TimeSpan.FromSeconds(1));
        files = options.IsStoredHere ? files.WriteTo.Sink(feed)
            : options.IsCollected ? files.WriteTo.Sink(pulse, options.CollectedLevel)
            : files;
        var batches = new LogBatches(files.CreateLogger(), MaxWaiting, TimeProvider.System);
        var logger = new LoggerConfiguration().MinimumLevel.Information().Enrich.With<LogThread>().WriteTo.Sink(batches).CreateLogger();
        logging.Services.AddSingleton(batches);

        // Made by the container, and so disposed by it: what waits is written before the process ends.
        logging.Services.AddSingleton<ILoggerProvider>(_ => new SerilogLoggerProvider(logger, dispose: true));
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", withStatements ? LogLevel.Information : LogLevel.Error);
    }

    /// <summary>Processes with different roles may share a folder, each with a file of its own; so may gateways of different names.</summary>
    private static string AppOf(GatewayRoles roles) =>
        roles.HasFlag(GatewayRoles.Api) ? "maoapi" : roles.HasFlag(GatewayRoles.Pod) ? "maopod" : "maodata";
}
