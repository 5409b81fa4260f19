using System.Text.Json;
using MaoTrade.Market.Indicators;

namespace MaoTrade.Engine.Systems;

/// <summary>
/// What a system must remember across restarts: names and values that the framework stores in the same transaction as the
/// frame and the orders that came of it. Every value comes back exactly, doubles to the last bit. Owned by the trade loop.
/// </summary>
public sealed class SystemState
{
    private readonly Dictionary<string, StateValue> _values = [];

    /// <summary>Grows with every change.</summary>
    internal long Revision { get; private set; }

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
            state._values[value.Name] = StateValue.Read(value.Value.Clone());
        }

        return state;
    }

    /// <summary>Whether there is a value of that name.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A whole number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public long GetInt64(string name, long otherwise = 0) => _values.TryGetValue(name, out var value) ? value.Int64 : otherwise;

    /// <summary>A decimal number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public decimal GetDecimal(string name, decimal otherwise = 0) => _values.TryGetValue(name, out var value) ? value.Decimal : otherwise;

    /// <summary>A floating number, to the last bit.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public double GetDouble(string name, double otherwise = 0) => _values.TryGetValue(name, out var value) ? value.Doubles[0] : otherwise;

    /// <summary>Floating numbers, to the last bit; none when there are none of that name.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public IReadOnlyList<double> GetDoubles(string name) => _values.TryGetValue(name, out var value) ? value.Doubles : [];

    /// <summary>Yes or no; no when there is none of that name.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public bool GetBoolean(string name) => _values.TryGetValue(name, out var value) && value.Boolean;

    /// <summary>A text, or null.</summary>
    /// <exception cref="InvalidOperationException">The value is of another type.</exception>
    public string? GetText(string name) => _values.TryGetValue(name, out var value) ? value.Text : null;

    /// <summary>Gives an indicator its running values back, when there are any; its window comes first, from the frames.</summary>
    public void Load(string name, IRunningValues indicator)
    {
        if (_values.TryGetValue(name, out var value) && value.Doubles.Length == indicator.SlotCount)
        {
            indicator.Load(value.Doubles);
        }
    }

    public void Set(string name, long value) => Slot(name).Set(value);

    public void Set(string name, decimal value) => Slot(name).Set(value);

    public void Set(string name, double value) => Slot(name).Room(1)[0] = value;

    public void Set(string name, params ReadOnlySpan<double> values) => values.CopyTo(Slot(name).Room(values.Length));

    public void Set(string name, bool value) => Slot(name).Set(value);

    public void Set(string name, string value) => Slot(name).Set(value);

    /// <summary>Keeps the running values of an indicator.</summary>
    public void Set(string name, IRunningValues indicator) => indicator.Save(Slot(name).Room(indicator.SlotCount));

    /// <summary>Forgets a value; for migrations.</summary>
    public void Remove(string name)
    {
        if (_values.Remove(name))
        {
            Touch();
        }
    }

    /// <summary>Writes the values as one JSON object.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in _values.OrderBy(value => value.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>Something that is kept in fields changed.</summary>
    internal void Touch()
    {
        IsDirty = true;
        Revision++;
    }

    /// <summary>What there is now is handed to the store.</summary>
    internal void MarkSaved() => IsDirty = false;

    /// <summary>The place of a value: made once, so that setting it again allocates nothing.</summary>
    private StateValue Slot(string name)
    {
        Touch();
        if (!_values.TryGetValue(name, out var slot))
        {
            _values[name] = slot = new StateValue();
        }

        return slot;
    }
}
