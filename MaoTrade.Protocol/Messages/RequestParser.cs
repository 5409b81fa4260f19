using System.Text.Json;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Protocol.Messages;

/// <summary>
/// Reads the top level of a request (PROTOCOL.md, Messages) and checks the whole text.
/// One instance per connection, not thread-safe; allocates nothing for requests without violations.
/// </summary>
public sealed class RequestParser
{
    private readonly JsonNames _names = new();

    /// <summary>Reads one request.</summary>
    /// <param name="text">The JSON text without its terminator.</param>
    /// <param name="head">What it says; <see cref="RequestHead.InvalidField"/> names a member of the wrong type.</param>
    /// <returns>What makes the text unreadable, or <see cref="WireViolation.None"/>.</returns>
    public WireViolation Parse(ReadOnlySpan<byte> text, out RequestHead head)
    {
        head = new RequestHead { TimeToLiveMs = RequestHead.DefaultTimeToLiveMs };
        var hasService = false;
        try
        {
            var json = StrictJson.Open(text, _names);
            while (json.Read())
            {
                if (json.Token == JsonTokenType.PropertyName)
                {
                    ReadMember(ref json, text, ref head, ref hasService);
                }
            }

            if (!hasService)
            {
                Blame(ref head, RequestField.Service);
            }

            return json.Violation;
        }
        catch (JsonException)
        {
            return WireViolation.NotJson;
        }
    }

    private static void ReadMember(ref StrictJson json, ReadOnlySpan<byte> text, ref RequestHead head, ref bool hasService)
    {
        if (json.NameIs("service"u8))
        {
            hasService = json.Read();
            ReadService(ref json, ref head);
        }
        else if (json.NameIs("data"u8))
        {
            if (json.Read() && json.Token != JsonTokenType.StartObject)
            {
                Blame(ref head, RequestField.Data);
            }

            head.Data = json.ValueRange();
        }
        else if (json.NameIs("id"u8))
        {
            head.HasId = json.Read();
            ReadId(ref json, text, ref head);
        }
        else if (json.NameIs("rid"u8))
        {
            json.Read();
            ReadRequestId(ref json, text, ref head);
        }
        else if (json.NameIs("ttlMs"u8))
        {
            json.Read();
            ReadTimeToLive(ref json, ref head);
        }
        else if (json.Read())
        {
            json.SkipValue();
        }
    }

    private static void ReadService(ref StrictJson json, ref RequestHead head)
    {
        if (json.TryGetInt64(out var service) && service is >= int.MinValue and <= int.MaxValue)
        {
            head.Service = (int)service;
            return;
        }

        Blame(ref head, RequestField.Service);
        json.SkipValue();
    }

    private static void ReadId(ref StrictJson json, ReadOnlySpan<byte> text, ref RequestHead head)
    {
        if (json.Token == JsonTokenType.String && IsId(json.StringRange.Of(text), json.IsEscaped))
        {
            head.Id = json.StringRange;
            head.IdIsEscaped = json.IsEscaped;
            return;
        }

        Blame(ref head, RequestField.Id);
        json.SkipValue();
    }

    private static void ReadRequestId(ref StrictJson json, ReadOnlySpan<byte> text, ref RequestHead head)
    {
        var range = json.Token == JsonTokenType.String ? json.StringRange : default;
        if (range.Length is > 0 and <= RequestHead.MaxRequestIdBytes && !(json.IsEscaped && JsonText.HasControl(range.Of(text))))
        {
            head.RequestId = range;
            return;
        }

        Blame(ref head, RequestField.RequestId);
        json.SkipValue();
    }

    private static void ReadTimeToLive(ref StrictJson json, ref RequestHead head)
    {
        if (json.TryGetInt64(out var ms) && ms is >= RequestHead.MinTimeToLiveMs and <= RequestHead.MaxTimeToLiveMs)
        {
            head.TimeToLiveMs = (int)ms;
            return;
        }

        Blame(ref head, RequestField.TimeToLive);
        json.SkipValue();
    }

    private static bool IsId(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        if (!isEscaped && raw.Length <= RequestHead.MaxIdCharacters)
        {
            return raw.Length > 0;
        }

        return JsonText.CountCharacters(raw) is > 0 and <= RequestHead.MaxIdCharacters;
    }

    private static void Blame(ref RequestHead head, RequestField field)
    {
        // Without a service nothing else matters.
        if (head.InvalidField == RequestField.None || field == RequestField.Service)
        {
            head.InvalidField = field;
        }
    }
}
