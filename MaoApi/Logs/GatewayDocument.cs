using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MaoApi.Http;
using MaoTrade.Protocol.Logs;
using Serilog.Events;
using Serilog.Formatting;

namespace MaoApi.Logs;

/// <summary>An event of the gateway as one JSON line on stdout, for the log driver of its container; never longer than Docker takes as one.</summary>
internal sealed class GatewayDocument(string app) : ITextFormatter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTimeConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutId } },
    };

    public void Format(LogEvent logEvent, TextWriter output) =>
        output.Write(JsonSerializer.Serialize(Fit(GatewayEvent.Record(logEvent, app)), Json) + "\n");

    private static LogRecord Fit(LogRecord record)
    {
        var (message, stackTrace) = LineRoom.Fit(record.Message, record.StackTrace, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return record with { Message = message, StackTrace = stackTrace };
    }

    /// <summary>The id is the store's.</summary>
    private static void LeaveOutId(JsonTypeInfo type)
    {
        if (type.Type == typeof(LogRecord))
        {
            type.Properties.Remove(type.Properties.Single(property => property.Name == "id"));
        }
    }
}
