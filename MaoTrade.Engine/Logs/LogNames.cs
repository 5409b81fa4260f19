using Serilog.Events;
using Serilog.Formatting.Display;

namespace MaoTrade.Engine.Logs;

/// <summary>How log events are called in files and documents.</summary>
internal static class LogNames
{
    /// <summary>Property of lines a request causes: the gateway's request id.</summary>
    public const string RequestId = "rid";

    /// <summary>Property of lines that say one of <see cref="LogEvents"/>.</summary>
    public const string EventName = "event";

    private static readonly MessageTemplateTextFormatter MessageFormat = new("{Message:lj}");

    public static string Level(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => "DEBUG",
        LogEventLevel.Information => "INFO",
        LogEventLevel.Warning => "WARNING",
        LogEventLevel.Error => "ERROR",
        _ => "CRITICAL",
    };

    /// <summary>The class that logged, without its namespace.</summary>
    public static string Module(LogEvent logEvent)
    {
        var source = Text(logEvent, "SourceContext") ?? "Engine";
        return source[(source.LastIndexOf('.') + 1)..];
    }

    /// <summary>The message with its values as they are, not quoted.</summary>
    public static string Message(LogEvent logEvent)
    {
        using var output = new StringWriter();
        MessageFormat.Format(logEvent, output);
        return output.ToString();
    }

    public static string? Text(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: string text } ? text : null;

    /// <summary>The method that logged it, which names the kind of event; null where it has none.</summary>
    public static string? Method(LogEvent logEvent) => logEvent.Properties.GetValueOrDefault("EventId") is StructureValue id
        ? id.Properties.Where(member => member.Name == "Name").Select(member => (member.Value as ScalarValue)?.Value as string).FirstOrDefault()
        : null;

    /// <summary>What the event is about, where one of its values says so.</summary>
    public static (string Topic, string Id)? Topic(LogEvent logEvent) =>
        Text(logEvent, "SignalId") is { } signal ? ("signal", signal)
        : Text(logEvent, "OrderId") is { } order ? ("order", order)
        : null;

    /// <summary>Control characters become visible: outside text can begin no line of its own.</summary>
    public static string OneLine(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0000', '\u001F') && !text.Contains('\u007F'))
        {
            return text;
        }

        return string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:X4}" : c.ToString()));
    }
}
