using System.Text.Json;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Protocol.Messages;

/// <summary>
/// Reads the JSON of a reply tolerantly: unknown members are ignored, <c>message</c>, <c>data</c> and <c>id</c> may be
/// missing (PROTOCOL.md, Messages). One instance per connection, not thread-safe.
/// </summary>
public sealed class ReplyParser
{
    private readonly JsonNames _names = new();

    /// <summary>Reads one reply.</summary>
    /// <param name="text">The JSON text without its terminator or marker.</param>
    /// <param name="head">What it says.</param>
    /// <returns>What makes the text unusable, or <see cref="WireViolation.None"/>.</returns>
    public WireViolation Parse(ReadOnlySpan<byte> text, out ReplyHead head)
    {
        head = new ReplyHead { SizeBytes = -1 };
        var isUsable = true;
        var hasCode = false;
        try
        {
            var json = StrictJson.Open(text, _names);
            while (json.Read())
            {
                if (json.Token == JsonTokenType.PropertyName)
                {
                    isUsable &= ReadMember(ref json, ref head, ref hasCode);
                }
            }

            return json.Violation != WireViolation.None ? json.Violation
                : isUsable && hasCode ? WireViolation.None : WireViolation.BadReply;
        }
        catch (JsonException)
        {
            return WireViolation.NotJson;
        }
    }

    /// <summary>Whether the text is the beginning of JSON and nothing worse, so that its end is what is missing.</summary>
    internal static bool IsBeginning(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = Wire.MaxDepth }));
            while (reader.Read())
            {
            }

            return reader.CurrentDepth > 0 || reader.TokenType == JsonTokenType.None;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool ReadMember(ref StrictJson json, ref ReplyHead head, ref bool hasCode)
    {
        if (json.NameIs("code"u8))
        {
            json.Read();
            hasCode = json.TryGetInt64(out var code) && code is >= int.MinValue and <= int.MaxValue;
            head.Code = (int)code;
            return json.SkipValue() && hasCode;
        }

        if (json.NameIs("message"u8))
        {
            json.Read();
            head.Message = StringOf(in json);
            return json.SkipValue();
        }

        if (json.NameIs("data"u8))
        {
            return ReadData(ref json, ref head);
        }

        if (json.NameIs("id"u8))
        {
            json.Read();
            head.HasId = json.Token == JsonTokenType.String;
            head.Id = StringOf(in json);
            return json.SkipValue();
        }

        var isMore = json.NameIs("more"u8);
        json.Read();
        head.More |= isMore && json.Token == JsonTokenType.True;
        return json.SkipValue();
    }

    private static bool ReadData(ref StrictJson json, ref ReplyHead head)
    {
        if (!json.Read() || json.Token == JsonTokenType.Null)
        {
            return true;
        }

        if (json.Token != JsonTokenType.StartObject)
        {
            json.SkipValue();
            return false;
        }

        var start = json.TokenStart;
        var depth = json.Depth;
        while (json.Read() && json.Depth != depth)
        {
            if (json.Token == JsonTokenType.PropertyName && json.Depth == depth + 1)
            {
                ReadDataMember(ref json, ref head);
            }
        }

        head.Data = new ByteRange(start, json.Consumed - start);
        return true;
    }

    private static void ReadDataMember(ref StrictJson json, ref ReplyHead head)
    {
        if (json.NameIs("binary_transfer"u8))
        {
            json.Read();
            head.AnnouncesPayload = json.Token == JsonTokenType.True;
        }
        else if (json.NameIs("size"u8))
        {
            json.Read();
            head.SizeBytes = json.TryGetInt64(out var size) && size >= 0 ? size : -1;
        }
        else if (json.NameIs("fileName"u8))
        {
            json.Read();
            head.FileName = StringOf(in json);
        }
        else if (json.NameIs("contentType"u8))
        {
            json.Read();
            head.ContentType = StringOf(in json);
        }
        else if (json.NameIs("sha256"u8))
        {
            json.Read();
            head.Sha256 = StringOf(in json);
        }
        else
        {
            json.Read();
        }

        json.SkipValue();
    }

    private static ByteRange StringOf(ref readonly StrictJson json) => json.Token == JsonTokenType.String ? json.StringRange : default;
}
