using Serilog.Events;

namespace MaoTrade.Engine.Logs;

/// <summary>The line of the daily file: <c>[2025-04-02 09:16:29,283] [ERROR   ] [Config] message</c>, UTC.</summary>
internal static class LogLine
{
    public static void Write(LogEvent logEvent, TextWriter output)
    {
        output.Write(logEvent.Timestamp.UtcDateTime.ToString("'['yyyy-MM-dd HH:mm:ss,fff'] ['"));
        output.Write(LogNames.Level(logEvent.Level).PadRight(8));
        output.Write("] [");
        output.Write(LogNames.Module(logEvent));
        output.Write("] ");
        if (LogNames.Text(logEvent, "rid") is { } rid)
        {
            output.Write("rid=");
            output.Write(LogNames.OneLine(rid));
            output.Write(' ');
        }

        output.WriteLine(LogNames.OneLine(LogNames.Message(logEvent)));
        if (logEvent.Exception is { } exception)
        {
            output.WriteLine(exception.ToString());
        }
    }
}
