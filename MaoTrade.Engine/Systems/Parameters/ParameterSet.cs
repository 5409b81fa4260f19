using System.Globalization;
using System.Text.Json;

namespace MaoTrade.Engine.Systems.Parameters;

/// <summary>The values of a signal's parameters, typed and checked against their definitions.</summary>
public sealed class ParameterSet
{
    private readonly Dictionary<string, object> _values;

    private ParameterSet(Dictionary<string, object> values) => _values = values;

    public int Int(string key) => (int)(decimal)_values[key];

    public decimal Decimal(string key) => (decimal)_values[key];

    /// <summary>The value, or another where the parameter was left out and has no default.</summary>
    public decimal DecimalOr(string key, decimal otherwise) =>
        _values.TryGetValue(key, out var value) ? (decimal)value : otherwise;

    public string Text(string key) => (string)_values[key];

    /// <summary>A time of day.</summary>
    public TimeOnly Time(string key) => TimeOnly.ParseExact((string)_values[key], "HH:mm", CultureInfo.InvariantCulture);

    public bool Bool(string key) => (bool)_values[key];

    /// <summary>Adds an error unless one whole number is below the other.</summary>
    public void RequireSmaller(string smaller, string larger, ICollection<SignalError> errors)
    {
        if (Int(smaller) >= Int(larger))
        {
            errors.Add(new SignalError(
                $"params.{smaller}", "range", $"{smaller} must be smaller than {larger} ({Int(larger)}), not {Int(smaller)}"));
        }
    }

    /// <summary>Reads <c>params</c>; every fault is collected, and a faulty parameter is absent from the set.</summary>
    public static ParameterSet Read(
        IReadOnlyList<ParameterDefinition> definitions, JsonElement parameters, ICollection<SignalError> errors)
    {
        var values = new Dictionary<string, object>();
        foreach (var definition in definitions)
        {
            var field = $"params.{definition.Key}";
            if (parameters.ValueKind == JsonValueKind.Object
                && parameters.TryGetProperty(definition.Key, out var json) && json.ValueKind != JsonValueKind.Null)
            {
                if (ReadValue(definition, json, field, errors) is { } value)
                {
                    values[definition.Key] = value;
                }
            }
            else if (definition.Default is not null)
            {
                values[definition.Key] = definition.Default;
            }
            else if (definition.Required)
            {
                errors.Add(new SignalError(field, "required", $"{definition.Key} is required: {Expected(definition)}"));
            }
        }

        if (parameters.ValueKind == JsonValueKind.Object)
        {
            foreach (var unknown in parameters.EnumerateObject().Where(p => definitions.All(d => d.Key != p.Name)))
            {
                errors.Add(new SignalError(
                    $"params.{unknown.Name}", "unknown",
                    $"unknown parameter; known are {string.Join(", ", definitions.Select(d => d.Key))}"));
            }
        }

        return new ParameterSet(values);
    }

    private static object? ReadValue(
        ParameterDefinition definition, JsonElement json, string field, ICollection<SignalError> errors)
    {
        object? value = definition.Type switch
        {
            ParameterType.Int => json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out var n) && n == decimal.Truncate(n) ? n : null,
            ParameterType.Decimal => json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out var d) ? d : null,
            ParameterType.Bool => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null,
            _ => json.ValueKind == JsonValueKind.String ? json.GetString() : null,
        };
        if (value is null)
        {
            errors.Add(new SignalError(field, "type", $"{definition.Key} must be {Expected(definition)}"));
            return null;
        }

        if (value is decimal number && (number < definition.Min || number > definition.Max))
        {
            errors.Add(new SignalError(field, "range", $"{definition.Key} must be {Expected(definition)}, not {number}"));
            return null;
        }

        var acceptable = definition.Type switch
        {
            ParameterType.Enum => definition.Values.Contains((string)value),
            ParameterType.Time => TimeOnly.TryParseExact((string)value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            _ => true,
        };
        if (!acceptable)
        {
            errors.Add(new SignalError(field, "value", $"{definition.Key} must be {Expected(definition)}"));
            return null;
        }

        return value;
    }

    private static string Expected(ParameterDefinition definition) => definition.Type switch
    {
        ParameterType.Int => $"a whole number{Range(definition)}",
        ParameterType.Decimal => $"a number{Range(definition)}",
        ParameterType.Enum => $"one of {string.Join(", ", definition.Values)}",
        ParameterType.Bool => "true or false",
        ParameterType.Time => "a time HH:mm",
        _ => "a text",
    };

    private static string Range(ParameterDefinition definition) => (definition.Min, definition.Max) switch
    {
        ({ } min, { } max) => $" from {min} to {max}",
        ({ } min, null) => $" of at least {min}",
        (null, { } max) => $" of at most {max}",
        _ => "",
    };
}
