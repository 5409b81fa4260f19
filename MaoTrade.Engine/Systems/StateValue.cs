using System.Globalization;
using System.Text.Json;

namespace MaoTrade.Engine.Systems;

/// <summary>One value of a system's state: as it was set, or as it was read until somebody asks for it.</summary>
internal sealed class StateValue
{
    private Kind _kind;
    private long _whole;
    private decimal _exact;
    private double[] _doubles = [];
    private string _text = "";
    private JsonElement _json;

    private enum Kind
    {
        Whole,
        Exact,
        Doubles,
        Boolean,
        Text,
        Json,
    }

    public long Int64 => _kind == Kind.Json ? _json.GetInt64() : _kind == Kind.Whole ? _whole : throw Mismatch();

    public decimal Decimal => _kind switch
    {
        Kind.Json => _json.GetDecimal(),
        Kind.Exact => _exact,
        Kind.Whole => _whole,
        _ => throw Mismatch(),
    };

    public bool Boolean => _kind == Kind.Json ? _json.GetBoolean() : _kind == Kind.Boolean ? _whole != 0 : throw Mismatch();

    public string Text => _kind == Kind.Json ? _json.GetString() ?? "" : _kind == Kind.Text ? _text : throw Mismatch();

    public double[] Doubles => _kind switch
    {
        Kind.Doubles => _doubles,
        Kind.Json => _json.ValueKind == JsonValueKind.Array ? [.. _json.EnumerateArray().Select(ReadDouble)] : [ReadDouble(_json)],
        _ => throw Mismatch(),
    };

    public static StateValue Read(JsonElement json) => new() { _kind = Kind.Json, _json = json };

    public void Set(long value) => (_kind, _whole) = (Kind.Whole, value);

    public void Set(bool value) => (_kind, _whole) = (Kind.Boolean, value ? 1 : 0);

    public void Set(decimal value) => (_kind, _exact) = (Kind.Exact, value);

    public void Set(string value) => (_kind, _text) = (Kind.Text, value);

    /// <summary>Room for floating numbers, the same as before where their count is the same.</summary>
    public Span<double> Room(int count)
    {
        _kind = Kind.Doubles;
        if (_doubles.Length != count)
        {
            _doubles = new double[count];
        }

        return _doubles;
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (_kind)
        {
            case Kind.Whole:
                writer.WriteNumberValue(_whole);
                break;
            case Kind.Exact:
                writer.WriteNumberValue(_exact);
                break;
            case Kind.Boolean:
                writer.WriteBooleanValue(_whole != 0);
                break;
            case Kind.Text:
                writer.WriteStringValue(_text);
                break;
            case Kind.Json:
                _json.WriteTo(writer);
                break;
            default:
                writer.WriteStartArray();
                foreach (var number in _doubles)
                {
                    WriteDouble(writer, number);
                }

                writer.WriteEndArray();
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

    private InvalidOperationException Mismatch() => new($"the value is of kind {_kind}");
}
