using System.Buffers;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Protocol.Messages;

/// <summary>Writes requests. Grammar: <c>request = json 0x04</c> (PROTOCOL.md, Frames and Messages).</summary>
public static class RequestWriter
{
    /// <summary>Writes one whole request.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="service">The service asked for.</param>
    /// <param name="data">A JSON object, UTF-8; empty means <c>{}</c>. It must not hold a raw 0x00, 0x04 or 0xFF.</param>
    /// <param name="id">Number echoed by the engine, or null for a classic request.</param>
    /// <param name="requestId">The gateway's request id, or null.</param>
    /// <param name="timeToLiveMs">Milliseconds the request may wait before it begins.</param>
    public static void Write(
        IBufferWriter<byte> output, int service, ReadOnlySpan<byte> data, ulong? id, string? requestId, int timeToLiveMs)
    {
        var json = new JsonOutput(output, 128 + data.Length);
        json.Raw("{\"service\":"u8);
        json.Number(service);
        json.Raw(",\"data\":"u8);
        json.Raw(data.IsEmpty ? "{}"u8 : data);
        if (id is { } number)
        {
            json.Raw(",\"id\":\""u8);
            json.Number((long)number);
            json.Byte((byte)'"');
        }

        if (requestId is not null)
        {
            json.Raw(",\"rid\":\""u8);
            json.Escaped(requestId);
            json.Byte((byte)'"');
        }

        if (timeToLiveMs != RequestHead.DefaultTimeToLiveMs)
        {
            json.Raw(",\"ttlMs\":"u8);
            json.Number(timeToLiveMs);
        }

        json.Byte((byte)'}');
        json.Byte(Wire.Terminator);
        json.Flush();
    }
}
