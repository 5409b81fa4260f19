using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MaoApi.Http;
using Serilog.Events;
using Serilog.Formatting;

namespace MaoApi.Logs;

/// <summary>An event of the gateway as one JSON line on stdout, for the log driver of its container.</summary>
internal sealed class GatewayDocument : ITextFormatter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTimeConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutNumber } },
    };

    public void Format(LogEvent logEvent, TextWriter output) =>
        output.Write(JsonSerializer.Serialize(GatewayEvent.Record(logEvent), Json) + "\n");

    /// <summary>The number is the store's.</summary>
    private static void LeaveOutNumber(JsonTypeInfo type)
    {
        if (type.Type == typeof(LogRecord))
        {
            type.Properties.Remove(type.Properties.Single(property => property.Name == "id"));
        }
    }
}
