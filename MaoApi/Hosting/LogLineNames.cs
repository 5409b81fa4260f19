using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace MaoApi.Hosting;

/// <summary>Gives a log event what a line of the platform begins with: UTC time, level by the platform's names, the class that logged.</summary>
internal sealed class LogLineNames : ILogEventEnricher
{
    /// <summary>The line: <c>[2025-04-02 09:16:29,283] [ERROR   ] [Config] message</c>.</summary>
    public const string Template = "[{Utc}] [{LevelName,-8}] [{Module}] {Message:lj}{NewLine}{Exception}";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        Add("Utc", logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture));
        Add("LevelName", Level(logEvent.Level));
        Add("Module", Module(logEvent));

        void Add(string name, string property) => logEvent.AddOrUpdateProperty(new LogEventProperty(name, new Literal(property)));
    }

    /// <summary>The class that logged, without its namespace.</summary>
    public static string Module(LogEvent logEvent)
    {
        var source = logEvent.Properties.TryGetValue("SourceContext", out var value) && value is ScalarValue { Value: string text } ? text : "MaoApi";
        return source[(source.LastIndexOf('.') + 1)..];
    }

    public static string Level(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => "DEBUG",
        LogEventLevel.Information => "INFO",
        LogEventLevel.Warning => "WARNING",
        LogEventLevel.Error => "ERROR",
        _ => "CRITICAL",
    };

    /// <summary>A text that is written as it is, without quotation marks.</summary>
    private sealed class Literal(string text) : LogEventPropertyValue
    {
        public override void Render(TextWriter output, string? format = null, IFormatProvider? formatProvider = null) => output.Write(text);
    }
}
