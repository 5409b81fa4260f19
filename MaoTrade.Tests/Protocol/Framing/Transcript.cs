using System.Text;
using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Tests.Protocol.Framing;

/// <summary>What a reader makes of pieces that arrive one after the other, in words.</summary>
internal static class Transcript
{
    /// <summary>Requests, as the engine reads them.</summary>
    public static string OfRequests(byte[][] arrivals, int maxJsonBytes = Wire.MaxJsonBytes)
    {
        var reader = new RequestFrameReader(maxJsonBytes);
        var parser = new RequestParser();
        var lines = new List<string>();
        var waiting = new List<byte[]>();
        foreach (var arrival in arrivals)
        {
            waiting.Add(arrival);
            var buffer = Segments.Of([.. waiting]);
            WireViolation violation;
            while (reader.TryRead(ref buffer, out var json, out violation))
            {
                var text = new byte[json.Length];
                System.Buffers.BuffersExtensions.CopyTo(json, text);
                violation = parser.Parse(text, out var head);
                if (violation != WireViolation.None)
                {
                    break;
                }

                lines.Add(Describe(text, in head));
            }

            if (violation != WireViolation.None)
            {
                lines.Add($"! {violation}");
                return string.Join(" | ", lines);
            }

            waiting = [System.Buffers.BuffersExtensions.ToArray(buffer)];
        }

        if (waiting.Sum(piece => piece.Length) > 0)
        {
            lines.Add("...");
        }

        return string.Join(" | ", lines);
    }

    /// <summary>Replies, as a client reads them until the stream ends.</summary>
    public static string OfReplies(byte[][] arrivals, int maxJsonBytes = Wire.MaxJsonBytes)
    {
        var reader = new ReplyFrameReader(maxJsonBytes);
        var lines = new List<string>();
        var waiting = new List<byte[]>();
        var payload = 0L;
        for (var i = 0; i <= arrivals.Length; i++)
        {
            var isEnd = i == arrivals.Length;
            waiting.Add(isEnd ? [] : arrivals[i]);
            var buffer = Segments.Of([.. waiting]);
            while (true)
            {
                if (payload > 0)
                {
                    var part = buffer.Slice(0, Math.Min(payload, buffer.Length));
                    lines[^1] += Convert.ToHexString(System.Buffers.BuffersExtensions.ToArray(part));
                    payload -= part.Length;
                    buffer = buffer.Slice(part.End);
                    if (payload > 0)
                    {
                        break;
                    }
                }

                var step = reader.Read(ref buffer, isEnd, out var frame);
                if (step == ReplyStep.Violation)
                {
                    lines.Add($"! {frame.Violation}");
                    return string.Join(" | ", lines);
                }

                if (step is ReplyStep.NeedMore or ReplyStep.End)
                {
                    break;
                }

                lines.Add(Describe(in frame));
                payload = frame.PayloadBytes;
            }

            waiting = [System.Buffers.BuffersExtensions.ToArray(buffer)];
        }

        if (payload > 0)
        {
            lines.Add($"! short by {payload}");
        }

        return string.Join(" | ", lines);
    }

    private static string Describe(byte[] text, ref readonly RequestHead head)
    {
        var words = new List<string> { $"{head.Service}" };
        if (head.Data.Length > 0)
        {
            words.Add(Encoding.UTF8.GetString(head.Data.Of(text.AsSpan())));
        }

        if (head.HasId)
        {
            words.Add($"id={JsonText.Decode(head.Id.Of(text.AsSpan()))}");
        }

        if (head.RequestId.Length > 0)
        {
            words.Add($"rid={JsonText.Decode(head.RequestId.Of(text.AsSpan()))}");
        }

        if (head.TimeToLiveMs != RequestHead.DefaultTimeToLiveMs)
        {
            words.Add($"ttl={head.TimeToLiveMs}");
        }

        if (head.InvalidField != RequestField.None)
        {
            words.Add($"bad {head.InvalidField}");
        }

        return string.Join(' ', words);
    }

    private static string Describe(ref readonly ReplyFrame frame)
    {
        var head = frame.Head;
        var words = new List<string> { $"{head.Code}" };
        if (head.Message.Length > 0)
        {
            words.Add($"'{JsonText.Decode(head.Message.Of(frame.Json))}'");
        }

        words.Add(Encoding.UTF8.GetString(head.Data.Of(frame.Json)));
        if (head.HasId)
        {
            words.Add($"id={JsonText.Decode(head.Id.Of(frame.Json))}");
        }

        if (head.More)
        {
            words.Add("more");
        }

        if (head.AnnouncesPayload)
        {
            words.Add($"+{frame.PayloadBytes}:");
        }

        return string.Join(' ', words);
    }
}
