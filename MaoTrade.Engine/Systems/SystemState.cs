using System.Globalization;
using System.Text.Json;
using MaoTrade.Market.Indicators;

namespace MaoTrade.Engine.Systems;

/// <summary>
/// What a system must remember across restarts: names and values that the framework stores in the same transaction as the
/// frame and the orders that came of it. Every value comes back exactly, doubles to the last bit. Owned by the trade loop.
/// </summary>
public sealed class SystemState
{
    /// <summary>Values as they were set, or <see cref="JsonElement"/> as they were read.</summary>
    private readonly Dictionary<string, object> _values = [];

    /// <summary>Whether something changed since it was last saved.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>The names it holds.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>Restores what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="JsonException">It is not an object.</exception>
    public static SystemState Read(JsonElement values)
    {
        if (values.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("the values are not an object");
        }

        var state = new SystemState();
        foreach (var value in values.EnumerateObject())
        {
            state._values[value.Name] = value.Value.Clone();
        }

        return state;
    }

    /// <summary>Whether there is a value of that name.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A whole number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public long GetInt64(string name, long otherwise = 0) => _values.GetValueOrDefault(name) switch
    {
        null => otherwise,
        long number => number,
        JsonElement json => json.GetInt64(),
        var other => throw Mismatch(name, other),
    };

    /// <summary>A decimal number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public decimal GetDecimal(string name, decimal otherwise = 0) => _values.GetValueOrDefault(name) switch
    {
        null => otherwise,
        decimal number => number,
        long number => number,
        JsonElement json => json.GetDecimal(),
        var other => throw Mismatch(name, other),
    };

    /// <summary>A floating number, to the last bit.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public double GetDouble(string name, double otherwise = 0) => _values.GetValueOrDefault(name) switch
    {
        null => otherwise,
        double number => number,
        JsonElement json => ReadDouble(json),
        var other => throw Mismatch(name, other),
    };

    /// <summary>Yes or no; no when there is none of that name.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public bool GetBoolean(string name) => _values.GetValueOrDefault(name) switch
    {
        null => false,
        bool value => value,
        JsonElement json => json.GetBoolean(),
        var other => throw Mismatch(name, other),
    };

    /// <summary>A text, or null.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public string? GetText(string name) => _values.GetValueOrDefault(name) switch
    {
        null => null,
        string text => text,
        JsonElement json => json.GetString(),
        var other => throw Mismatch(name, other),
    };

    /// <summary>Floating numbers, to the last bit; none when there are none of that name.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public IReadOnlyList<double> GetDoubles(string name) => _values.GetValueOrDefault(name) switch
    {
        null => [],
        double[] numbers => numbers,
        JsonElement json => [.. json.EnumerateArray().Select(ReadDouble)],
        var other => throw Mismatch(name, other),
    };

    /// <summary>Gives an indicator its running values back, when there are any; its window comes first, from the frames.</summary>
    public void Load(string name, IRunningValues indicator)
    {
        var slots = GetDoubles(name).ToArray();
        if (slots.Length == indicator.SlotCount)
        {
            indicator.Load(slots);
        }
    }

    public void Set(string name, long value) => Put(name, value);

    public void Set(string name, decimal value) => Put(name, value);

    public void Set(string name, double value) => Put(name, value);

    public void Set(string name, bool value) => Put(name, value);

    public void Set(string name, string value) => Put(name, value);

    public void Set(string name, params ReadOnlySpan<double> values) => Put(name, values.ToArray());

    /// <summary>Keeps the running values of an indicator.</summary>
    public void Set(string name, IRunningValues indicator)
    {
        var slots = new double[indicator.SlotCount];
        indicator.Save(slots);
        Put(name, slots);
    }

    /// <summary>Forgets a value; for migrations.</summary>
    public void Remove(string name) => IsDirty |= _values.Remove(name);

    /// <summary>Writes the values as one JSON object.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in _values.OrderBy(value => value.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Something that is kept in fields changed.</summary>
    internal void Touch() => IsDirty = true;

    /// <summary>What there is now is handed to the store.</summary>
    internal void MarkSaved() => IsDirty = false;

    private static void Write(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case long number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                WriteDouble(writer, number);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case double[] numbers:
                writer.WriteStartArray();
                foreach (var number in numbers)
                {
                    WriteDouble(writer, number);
                }

                writer.WriteEndArray();
                break;
            default:
                ((JsonElement)value).WriteTo(writer);
                break;
        }
    }

    /// <summary>The shortest text that reads back as the same bits; JSON has no word for what is not a number.</summary>
    private static void WriteDouble(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static double ReadDouble(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? double.Parse(json.GetString()!, CultureInfo.InvariantCulture) : json.GetDouble();

    private static InvalidOperationException Mismatch(string name, object value) =>
        new($"the state's {name} is of type {value.GetType().Name}");

    private void Put(string name, object value)
    {
        _values[name] = value;
        IsDirty = true;
    }
}
