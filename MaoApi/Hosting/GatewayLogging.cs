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

    public static void Add(ILoggingBuilder logging, DataFolder folder, GatewayRoles roles, string? instance, LogOptions options)
    {
        var feed = new LogFeed();
        logging.Services.AddSingleton(feed);
        var lines = new LoggerConfiguration().MinimumLevel.Information().Enrich.With<LogLineNames>();
        lines = options.IsCollected
            ? lines.WriteTo.Console(new GatewayDocument(), options.CollectedLevel)
            : lines.WriteTo.Console(LogEventLevel.Warning, LogLineNames.Template);
        var files = lines
            .WriteTo.File(
                Path.Combine(folder.Logs, FileOf(roles, instance)),
                outputTemplate: LogLineNames.Template,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: MaxDays,
                buffered: true,
                flushToDiskInterval: TimeSpan.FromSeconds(1))
            .WriteTo.Sink(feed)
            .CreateLogger();
        var batches = new LogBatches(files, MaxWaiting, TimeProvider.System);
        var logger = new LoggerConfiguration().MinimumLevel.Information().Enrich.With<LogThread>().WriteTo.Sink(batches).CreateLogger();
        logging.Services.AddSingleton(batches);

        // Made by the container, and so disposed by it: what waits is written before the process ends.
        logging.Services.AddSingleton<ILoggerProvider>(_ => new SerilogLoggerProvider(logger, dispose: true));
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Error);
    }

    /// <summary>Processes with different roles, or names, may share a folder, each with a file of its own.</summary>
    private static string FileOf(GatewayRoles roles, string? instance) =>
        roles.HasFlag(GatewayRoles.Api) ? instance is null ? "maoapi-.log" : $"maoapi-{instance}-.log" : roles.HasFlag(GatewayRoles.Pod) ? "maopod-.log" : "maodata-.log";
}
