using System.Text.Json;

namespace MaoTrade.Engine.Systems;

/// <summary>
/// What a system must remember across restarts: names and values that the framework stores in the same
/// transaction as the frame and the orders that came of it. Owned by the trade loop.
/// </summary>
public sealed class SystemState
{
    private readonly SortedDictionary<string, JsonElement> _values;

    public SystemState()
        : this([])
    {
    }

    private SystemState(SortedDictionary<string, JsonElement> values) => _values = values;

    /// <summary>Whether something changed since it was last saved.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>Restores what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not a JSON object.</exception>
    public static SystemState Parse(string json) =>
        new(JsonSerializer.Deserialize(json, SystemJson.Default.SortedDictionaryStringJsonElement)
            ?? throw new JsonException("the state is null"));

    public long GetInt64(string name, long otherwise = 0) =>
        _values.TryGetValue(name, out var value) ? value.GetInt64() : otherwise;

    public decimal GetDecimal(string name, decimal otherwise = 0) =>
        _values.TryGetValue(name, out var value) ? value.GetDecimal() : otherwise;

    public bool GetBoolean(string name) =>
        _values.TryGetValue(name, out var value) && value.GetBoolean();

    public void Set(string name, long value) => Put(name, JsonSerializer.SerializeToElement(value, SystemJson.Default.Int64));

    public void Set(string name, decimal value) => Put(name, JsonSerializer.SerializeToElement(value, SystemJson.Default.Decimal));

    public void Set(string name, bool value) => Put(name, JsonSerializer.SerializeToElement(value, SystemJson.Default.Boolean));

    /// <summary>The text to store; marks the state as saved.</summary>
    public string ToJson()
    {
        IsDirty = false;
        return JsonSerializer.Serialize(_values, SystemJson.Default.SortedDictionaryStringJsonElement);
    }

    private void Put(string name, JsonElement value)
    {
        _values[name] = value;
        IsDirty = true;
    }
}
