using System.Buffers.Binary;
using System.Text;

namespace MaoTrade.Tests.Api.Logs.Mongo;

/// <summary>A BSON document, written as bsonspec.org says: what the adapter reads must not come from its own library.</summary>
internal static class BsonWriter
{
    public static byte[] Document(params IEnumerable<(string Name, object? Value)> elements)
    {
        byte[] written = [.. elements.SelectMany(element => Element(element.Name, element.Value))];
        return [.. Int32(written.Length + 5), .. written, 0];
    }

    private static byte[] Element(string name, object? value)
    {
        var (type, bytes) = value switch
        {
            null => (0x0A, []),
            string text => (0x02, [.. Int32(Encoding.UTF8.GetByteCount(text) + 1), .. Encoding.UTF8.GetBytes(text), 0]),
            int number => (0x10, Int32(number)),
            DateTimeOffset time => (0x09, Int64(time.ToUnixTimeMilliseconds())),
            ReadOnlyMemory<byte> id => (0x07, id.ToArray()),
            byte[] document => (0x03, document),
            byte[][] array => (0x04, Document(array.Select((document, n) => ($"{n}", (object?)document)))),
            _ => throw new ArgumentException($"{value.GetType()} is not written", nameof(value)),
        };
        return [(byte)type, .. Encoding.UTF8.GetBytes(name), 0, .. bytes];
    }

    private static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Int64(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
