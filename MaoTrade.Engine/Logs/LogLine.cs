using Serilog.Events;

namespace MaoTrade.Engine.Logs;

/// <summary>The line of the daily file: <c>[2025-04-02 09:16:29,283] [ERROR   ] [Config] rid=… event=… message</c>, UTC.</summary>
internal static class LogLine
{
    public static void Write(LogEvent logEvent, TextWriter output)
    {
        output.Write(logEvent.Timestamp.UtcDateTime.ToString("'['yyyy-MM-dd HH:mm:ss,fff'] ['"));
        output.Write(LogNames.Level(logEvent.Level).PadRight(8));
        output.Write("] [");
        output.Write(LogNames.Module(logEvent));
        output.Write("] ");
        WriteMark(logEvent, LogNames.RequestId, output);
        WriteMark(logEvent, LogNames.EventName, output);
        output.WriteLine(LogNames.OneLine(LogNames.Message(logEvent)));
        if (logEvent.Exception is { } exception)
        {
            output.WriteLine(exception.ToString());
        }
    }

    private static void WriteMark(LogEvent logEvent, string name, TextWriter output)
    {
        if (LogNames.Text(logEvent, name) is { } value)
        {
            output.Write(name);
            output.Write('=');
            output.Write(LogNames.OneLine(value));
            output.Write(' ');
        }
    }
}
