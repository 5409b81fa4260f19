using System.Globalization;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;

namespace MaoTrade.Engine.Logs;

/// <summary>A log event as one JSON line on stdout, with the fields of the central log collection.</summary>
public sealed class LogDocument(string accountId) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("app", "maotrade");
            json.WriteString("mtaccount", accountId);
            json.WriteString("compname", Environment.MachineName);
            json.WriteString("module", LogNames.Module(logEvent));
            if (LogNames.Method(logEvent) is { } method)
            {
                json.WriteString("funcName", method);
            }

            if ((LogNames.Text(logEvent, LogNames.EventName) ?? LogNames.Method(logEvent)) is { } name)
            {
                json.WriteString(LogNames.EventName, name);
            }

            if (logEvent.Properties.GetValueOrDefault(LogThread.Property) is ScalarValue { Value: int thread })
            {
                json.WriteString("thread", thread.ToString(CultureInfo.InvariantCulture));
            }

            if (LogNames.Topic(logEvent) is var (topic, topicId))
            {
                json.WriteString("topic", topic);
                json.WriteString("topicId", topicId);
            }

            json.WriteString("levelName", LogNames.Level(logEvent.Level));
            json.WriteString("message", LogNames.Message(logEvent));
            if (LogNames.Text(logEvent, LogNames.RequestId) is { } requestId)
            {
                json.WriteString(LogNames.RequestId, requestId);
            }

            if (logEvent.Exception is { } exception)
            {
                json.WriteString("stacktrace", exception.ToString());
            }

            json.WriteString("timestamp", logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
            json.WriteString("localtime", logEvent.Timestamp.LocalDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff"));
            json.WriteString("fileLog", DailyLogFile.NameOf(DateOnly.FromDateTime(logEvent.Timestamp.UtcDateTime)));
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
