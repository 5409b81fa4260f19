using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace MaoTrade.Protocol.Framing;

/// <summary>
/// A forward reader of one JSON object under the rules of the wire: UTF-8 checked once as a whole, no byte order mark,
/// depth within <see cref="Wire.MaxDepth"/>, no name twice in an object, no lone surrogate (PROTOCOL.md, JSON).
/// </summary>
internal ref struct StrictJson
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly JsonNames _names;
    private Utf8JsonReader _reader;

    private StrictJson(ReadOnlySpan<byte> text, JsonNames names)
    {
        _text = text;
        _names = names;
        _names.Reset();

        // One level more than allowed: the level that is too deep is seen here and named.
        _reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Wire.MaxDepth + 1 });
    }

    /// <summary>What was wrong; <see cref="WireViolation.None"/> while nothing is.</summary>
    public WireViolation Violation { get; private set; }

    /// <summary>The token the reader stands on.</summary>
    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Nesting of the token; members of the outermost object have 1.</summary>
    public readonly int Depth => _reader.CurrentDepth;

    /// <summary>Whether the string the reader stands on has escapes.</summary>
    public readonly bool IsEscaped => _reader.ValueIsEscaped;

    /// <summary>Content of the string the reader stands on, still escaped, without its quotes.</summary>
    public readonly ByteRange StringRange => new((int)_reader.TokenStartIndex + 1, _reader.ValueSpan.Length);

    /// <summary>Where the token begins in the text.</summary>
    public readonly int TokenStart => (int)_reader.TokenStartIndex;

    /// <summary>Where the token ends in the text.</summary>
    public readonly int Consumed => (int)_reader.BytesConsumed;

    /// <summary>Begins to read; the first token is the outermost object.</summary>
    public static StrictJson Open(ReadOnlySpan<byte> text, JsonNames names)
    {
        var json = new StrictJson(text, names);
        if (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            json.Violation = WireViolation.ByteOrderMark;
        }
        else if (!Utf8.IsValid(text))
        {
            json.Violation = WireViolation.InvalidUtf8;
        }
        else if (json.Read() && json.Token != JsonTokenType.StartObject)
        {
            json.Violation = WireViolation.NotAnObject;
        }

        return json;
    }

    /// <summary>Moves to the next token; false at the end of the text and after a violation.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public bool Read()
    {
        if (Violation != WireViolation.None || !_reader.Read())
        {
            return false;
        }

        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                if (!IsTooDeep())
                {
                    _names.Open();
                }

                break;
            case JsonTokenType.StartArray:
                IsTooDeep();
                break;
            case JsonTokenType.EndObject:
                _names.Close();
                break;
            case JsonTokenType.PropertyName:
                AddName();
                break;
            case JsonTokenType.String when _reader.ValueIsEscaped && !JsonEscapes.ArePaired(_reader.ValueSpan):
                Violation = WireViolation.LoneSurrogate;
                break;
        }

        return Violation == WireViolation.None;
    }

    /// <summary>From the first token of a value to its last.</summary>
    public bool SkipValue()
    {
        if (Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return true;
        }

        var depth = Depth;
        while (Read())
        {
            if (Depth == depth)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value the reader stands on, from its first to its last byte; the reader moves to its last token.</summary>
    public ByteRange ValueRange()
    {
        var start = TokenStart;
        return SkipValue() ? new ByteRange(start, Consumed - start) : default;
    }

    /// <summary>Compares the name the reader stands on, escapes included.</summary>
    public readonly bool NameIs(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    /// <summary>The number the reader stands on, when it is a whole one that fits.</summary>
    public readonly bool TryGetInt64(out long value)
    {
        value = 0;
        return Token == JsonTokenType.Number && _reader.TryGetInt64(out value);
    }

    private bool IsTooDeep()
    {
        if (_reader.CurrentDepth < Wire.MaxDepth)
        {
            return false;
        }

        Violation = WireViolation.TooDeep;
        return true;
    }

    private void AddName()
    {
        var name = _reader.ValueSpan;
        if (!_reader.ValueIsEscaped)
        {
            Violation = _names.Add(_text, (int)_reader.TokenStartIndex + 1, name.Length) ? WireViolation.None : WireViolation.DuplicateKey;
            return;
        }

        if (!JsonEscapes.ArePaired(name))
        {
            Violation = WireViolation.LoneSurrogate;
            return;
        }

        byte[]? rented = null;
        var unescaped = name.Length <= 256 ? stackalloc byte[256] : (rented = ArrayPool<byte>.Shared.Rent(name.Length));
        var length = _reader.CopyString(unescaped);
        Violation = _names.AddUnescaped(_text, unescaped[..length]) ? WireViolation.None : WireViolation.DuplicateKey;
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
