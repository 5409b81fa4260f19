using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MaoTrade.Engine.Brokers.Paper.Wire;

/// <summary>
/// Frames of the paper broker's wire, both ways: <c>frame = json 0x04</c>, one JSON object in UTF-8. JSON cannot hold a raw
/// 0x04, so the first one ends the frame. A frame longer than the limit, bytes left over at the end and anything that is
/// not the expected JSON end the connection.
/// </summary>
internal static class PaperFraming
{
    public const byte End = 0x04;

    // The largest answer is a history of HistoryMax frames, about 120 bytes each.
    public const int MaxFrameBytes = 2 << 20;

    public static byte[] Encode<T>(T value, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        var frame = new byte[buffer.WrittenCount + 1];
        buffer.WrittenSpan.CopyTo(frame);
        frame[^1] = End;
        return frame;
    }

    /// <summary>The next frame; null at an orderly end. A violation is an <see cref="InvalidDataException"/>.</summary>
    public static async ValueTask<T?> ReadAsync<T>(PipeReader reader, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.PositionOf(End) is { } end)
            {
                var frame = buffer.Slice(0, end);
                var value = Decode(frame, type);
                reader.AdvanceTo(buffer.GetPosition(1, end));
                return value;
            }

            if (buffer.Length > MaxFrameBytes)
            {
                reader.AdvanceTo(buffer.End);
                throw new InvalidDataException($"a frame is longer than {MaxFrameBytes} bytes");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new InvalidDataException("the connection ended inside a frame");
            }
        }
    }

    private static T Decode<T>(ReadOnlySequence<byte> frame, JsonTypeInfo<T> type)
    {
        try
        {
            var json = new Utf8JsonReader(frame);
            return JsonSerializer.Deserialize(ref json, type) ?? throw new InvalidDataException("a frame is null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InvalidDataException("a frame is not the JSON expected", e);
        }
    }
}
