using System.Globalization;
using System.Text.Json;
using MaoTrade.Engine.Systems.Parameters;

namespace MaoTrade.Engine.Testing;

/// <summary>Parameters as people give them, <c>key=value</c>, to JSON of the type their system asks for.</summary>
public static class SystemParameters
{
    /// <summary>
    /// The object for a signal; what does not fit its type stays a text, so that the system's own check refuses it.
    /// Faults are those that a check of the object cannot find.
    /// </summary>
    public static JsonElement Read(
        IEnumerable<string> pairs, IReadOnlyList<ParameterDefinition> definitions, ICollection<string> faults)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            var seen = new HashSet<string>();
            foreach (var pair in pairs)
            {
                var parts = pair.Split('=', 2);
                if (parts.Length != 2 || parts[0].Length == 0)
                {
                    faults.Add($"param: key=value is expected, not '{pair}'");
                }
                else if (!seen.Add(parts[0]))
                {
                    faults.Add($"param: {parts[0]} stands there more than once");
                }
                else
                {
                    writer.WritePropertyName(parts[0]);
                    Write(writer, parts[1], definitions.FirstOrDefault(definition => definition.Key == parts[0])?.Type);
                }
            }

            writer.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.ToArray()).RootElement;
    }

    private static void Write(Utf8JsonWriter writer, string text, ParameterType? type)
    {
        if (type is ParameterType.Int or ParameterType.Decimal
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            writer.WriteNumberValue(number);
        }
        else if (type is ParameterType.Bool && bool.TryParse(text, out var yes))
        {
            writer.WriteBooleanValue(yes);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }
}
