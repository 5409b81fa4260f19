using MaoTrade.Engine.Logs;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace MaoTrade.Engine.Hosting;

/// <summary>The engine's logger: the daily file and JSON lines on stdout, both asynchronous and bounded: what does not fit is counted and dropped.</summary>
public static class EngineLog
{
    private const int Waiting = 20_000;

    public static Serilog.Core.Logger Create(string accountId, string logFolder, string level, ILogEventSink live, LogDrops drops, string? outputLevel = null) => new LoggerConfiguration()
        .MinimumLevel.Is(Level(level))
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("System", LogEventLevel.Warning)
        .Enrich.FromLogContext()
        .Enrich.With<LogThread>()
        .WriteTo.Async(sink => sink.Sink(new DailyLogFile(logFolder)), drops, Waiting)
        .WriteTo.Async(sink => sink.Console(new LogDocument(accountId), Level(outputLevel ?? level)), drops, Waiting)
        .WriteTo.Sink(live)
        .CreateLogger();

    private static LogEventLevel Level(string level) => level switch
    {
        "debug" => LogEventLevel.Debug,
        "warning" => LogEventLevel.Warning,
        "error" => LogEventLevel.Error,
        "critical" => LogEventLevel.Fatal,
        _ => LogEventLevel.Information,
    };
}
