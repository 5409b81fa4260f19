using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MaoTrade.Protocol.Logs;
using Serilog.Events;
using Serilog.Formatting;

namespace MaoTrade.Engine.Logs;

/// <summary>A log event as one JSON line on stdout, with the fields of the central log collection; never longer than Docker takes as one.</summary>
public sealed class LogDocument(string accountId) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        var (message, stackTrace) = LineRoom.Fit(LogNames.Message(logEvent), logEvent.Exception?.ToString(), JavaScriptEncoder.Default);
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
                json.WriteString("topicId", Short(topicId));
            }

            json.WriteString("levelName", LogNames.Level(logEvent.Level));
            json.WriteString("message", message);
            if (LogNames.Text(logEvent, LogNames.RequestId) is { } requestId)
            {
                json.WriteString(LogNames.RequestId, Short(requestId));
            }

            if (stackTrace is not null)
            {
                json.WriteString("stacktrace", stackTrace);
            }

            if (SourceLine.Of(stackTrace) is { } line)
            {
                json.WriteNumber("lineno", line);
            }

            json.WriteString("timestamp", logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
            json.WriteString("localtime", logEvent.Timestamp.LocalDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff"));
            json.WriteString("fileLog", DailyLogFile.NameOf(DateOnly.FromDateTime(logEvent.Timestamp.UtcDateTime)));
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static string Short(string field) => LineRoom.Fit(field, JavaScriptEncoder.Default);
}
