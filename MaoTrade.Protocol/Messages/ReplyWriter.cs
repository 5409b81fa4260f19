using System.Buffers;
using System.Buffers.Binary;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Protocol.Messages;

/// <summary>
/// Writes replies. Grammar: <c>reply = json 0x04 | json marker size payload</c> (PROTOCOL.md, Frames and Messages).
/// </summary>
public static class ReplyWriter
{
    /// <summary>Most bytes a reply's JSON has besides its <c>data</c>, its <c>message</c> and its <c>id</c>.</summary>
    public const int EnvelopeBytes = 64;

    private const int MoreBytes = 16;

    /// <summary>Writes a whole plain reply.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="code">0 done, else a <see cref="ReplyCode"/>.</param>
    /// <param name="message">For people.</param>
    /// <param name="data">A JSON object, UTF-8; empty means <c>{}</c>.</param>
    /// <param name="id">The request's id as it stood there, still escaped; empty when it had none.</param>
    public static void WritePlain(IBufferWriter<byte> output, int code, string message, ReadOnlySpan<byte> data, ReadOnlySpan<byte> id)
    {
        var json = Begin(output, code, message, Math.Min(data.Length, 2048) + id.Length);
        json.Raw(data.IsEmpty ? "{}"u8 : data);
        End(ref json, id);
        json.Byte(Wire.Terminator);
        json.Flush();
    }

    /// <summary>Writes one of several plain replies of the same id.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="code">0 done, else a <see cref="ReplyCode"/>.</param>
    /// <param name="message">For people.</param>
    /// <param name="data">A JSON object, UTF-8; empty means <c>{}</c>.</param>
    /// <param name="id">The request's id as it stood there, still escaped.</param>
    /// <param name="more">Whether further replies follow.</param>
    public static void WriteStreamed(
        IBufferWriter<byte> output, int code, string message, ReadOnlySpan<byte> data, ReadOnlySpan<byte> id, bool more)
    {
        var json = Begin(output, code, message, Math.Min(data.Length, 2048) + id.Length + MoreBytes);
        json.Raw(data.IsEmpty ? "{}"u8 : data);
        json.Raw(",\"id\":\""u8);
        json.Raw(id);
        json.Raw(more ? "\",\"more\":true}"u8 : "\",\"more\":false}"u8);
        json.Byte(Wire.Terminator);
        json.Flush();
    }

    /// <summary>Writes everything of a reply with payload up to the first byte of the payload: JSON, marker and size.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="code">0 done, else a <see cref="ReplyCode"/>.</param>
    /// <param name="message">For people.</param>
    /// <param name="payload">What follows.</param>
    /// <param name="id">The request's id as it stood there, still escaped; empty when it had none.</param>
    public static void WritePayloadHead(IBufferWriter<byte> output, int code, string message, in PayloadHead payload, ReadOnlySpan<byte> id)
    {
        var json = Begin(output, code, message, 256 + id.Length);
        json.Raw("{\"binary_transfer\":true,\"fileName\":\""u8);
        json.Escaped(payload.FileName);
        json.Raw("\",\"contentType\":\""u8);
        json.Escaped(payload.ContentType);
        json.Raw("\",\"size\":"u8);
        json.Number(payload.SizeBytes);
        json.Raw(",\"sha256\":\""u8);
        json.Escaped(payload.Sha256);
        json.Raw("\"}"u8);
        End(ref json, id);
        json.Raw(Wire.Marker);
        Span<byte> size = stackalloc byte[Wire.SizeBytes];
        BinaryPrimitives.WriteUInt32BigEndian(size, payload.SizeBytes);
        json.Raw(size);
        json.Flush();
    }

    private static JsonOutput Begin(IBufferWriter<byte> output, int code, string message, int restBytes)
    {
        var json = new JsonOutput(output, EnvelopeBytes + message.Length + restBytes);
        json.Raw("{\"code\":"u8);
        json.Number(code);
        json.Raw(",\"message\":\""u8);
        json.Escaped(message);
        json.Raw("\",\"data\":"u8);
        return json;
    }

    private static void End(ref JsonOutput json, ReadOnlySpan<byte> id)
    {
        if (!id.IsEmpty)
        {
            json.Raw(",\"id\":\""u8);
            json.Raw(id);
            json.Byte((byte)'"');
        }

        json.Byte((byte)'}');
    }
}
