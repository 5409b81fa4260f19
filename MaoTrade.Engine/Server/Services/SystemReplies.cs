using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Systems.Parameters;

namespace MaoTrade.Engine.Server.Services;

/// <summary>Replies of service 3 (PROTOCOL.md, Systems).</summary>
internal static class SystemReplies
{
    public static ReadOnlyMemory<byte> List(IEnumerable<SystemDescription> systems) => Write(writer =>
    {
        writer.WriteStartArray("systems");
        foreach (var system in systems)
        {
            writer.WriteStartObject();
            writer.WriteString("name", system.Name);
            writer.WriteString("description", system.Description);
            writer.WriteStartArray("params");
            foreach (var parameter in system.Parameters)
            {
                Write(writer, parameter);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public static ReadOnlyMemory<byte> State(Trading.Signals.Signal signal, SystemStateDocument document, DateTimeOffset? savedAt) => Write(writer =>
    {
        writer.WriteString("signalId", signal.SignalId);
        writer.WriteString("system", signal.System);
        writer.WritePropertyName("state");
        document.State.WriteTo(writer);
        writer.WriteNumber("version", document.Version);
        if (savedAt is { } at)
        {
            writer.WriteString("savedAt", Time(at));
        }
        else
        {
            writer.WriteNull("savedAt");
        }
    });

    public static ReadOnlyMemory<byte> Chart(
        IEnumerable<(string Area, string Name, SeriesKind Kind, IReadOnlyList<ChartPoint> Points)> series) => Write(writer =>
    {
        writer.WriteStartArray("areas");
        foreach (var area in series.GroupBy(s => s.Area))
        {
            writer.WriteStartObject();
            writer.WriteString("name", area.Key);
            writer.WriteStartArray("series");
            foreach (var (_, name, kind, points) in area)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteString("kind", Word(kind));
                Write(writer, points);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public static ReadOnlyMemory<byte> Log(IEnumerable<(long Number, DateTimeOffset At, JournalLine Line)> lines, long? cursor) => Write(writer =>
    {
        writer.WriteStartArray("items");
        foreach (var (_, at, line) in lines)
        {
            writer.WriteStartObject();
            writer.WriteString("at", Time(at));
            writer.WriteString("severity", Word(line.Severity));
            writer.WriteString("message", line.Message);
            if (line.PushTitle is { } title)
            {
                writer.WriteString("pushTitle", title);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("cursor", cursor?.ToString(CultureInfo.InvariantCulture));
    });

    private static void Write(Utf8JsonWriter writer, ParameterDefinition parameter)
    {
        writer.WriteStartObject();
        writer.WriteString("key", parameter.Key);
        writer.WriteString("type", Word(parameter.Type));
        writer.WriteBoolean("required", parameter.Required);
        writer.WritePropertyName("default");
        switch (parameter.Default)
        {
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            default:
                writer.WriteNullValue();
                break;
        }

        Write(writer, "min", parameter.Min);
        Write(writer, "max", parameter.Max);
        writer.WriteStartArray("values");
        foreach (var value in parameter.Values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
        writer.WriteString("label", parameter.Label);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, decimal? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ChartPoint> points)
    {
        writer.WriteStartArray("points");
        foreach (var point in points)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(point.Frame);
            writer.WriteNumberValue(point.Value);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

#pragma warning disable CA1308 // Words of the wire are lower-case.
    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
