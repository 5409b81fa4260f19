using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MaoTrade.Engine.Live;

/// <summary>
/// Makes the <c>data</c> of replies: <c>{"channel","seq","type","at","data"}</c> (PROTOCOL.md, Live). The bytes are made
/// once for all subscribers. Owned by the live loop.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The writer holds memory alone.")]
internal sealed class LiveWriter
{
    private const int KeepBytes = 64 * 1024;

    private ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    public ReadOnlyMemory<byte> Write<T>(LiveChannel channel, long seq, string type, DateTimeOffset at, T data, JsonTypeInfo<T> form)
    {
        Begin(channel, seq, type, at);
        JsonSerializer.Serialize(_json, data, form);
        return End();
    }

    /// <summary>With data that is JSON already.</summary>
    public ReadOnlyMemory<byte> Write(LiveChannel channel, long seq, string type, DateTimeOffset at, ReadOnlySpan<byte> data)
    {
        Begin(channel, seq, type, at);
        _json.WriteRawValue(data, skipInputValidation: true);
        return End();
    }

    private void Begin(LiveChannel channel, long seq, string type, DateTimeOffset at)
    {
        if (_buffer.Capacity > KeepBytes)
        {
            _buffer = new ArrayBufferWriter<byte>(4096);
        }

        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("channel", LiveChannels.NameOf(channel));
        _json.WriteNumber("seq", seq);
        _json.WriteString("type", type);
        _json.WriteString("at", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        _json.WritePropertyName("data");
    }

    private ReadOnlyMemory<byte> End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }
}
