namespace MaoTrade.Tests.Api.Telemetry;

/// <summary>Walks the fields of a message of Protocol Buffers: as much of the format as finding a field by its number takes.</summary>
internal static class ProtobufFields
{
    /// <summary>All values of a field of the message, messages and texts as their bytes.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> message, int number)
    {
        var values = new List<ReadOnlyMemory<byte>>();
        var rest = message;
        while (!rest.IsEmpty)
        {
            var tag = Varint(ref rest);
            var length = (int)(tag & 7) switch
            {
                0 => Skip(ref rest),
                1 => 8,
                2 => (int)Varint(ref rest),
                5 => 4,
                var other => throw new FormatException($"wire type {other}"),
            };
            if ((int)(tag >> 3) == number && (tag & 7) == 2)
            {
                values.Add(rest[..length]);
            }

            rest = rest[length..];
        }

        return values;
    }

    /// <summary>The messages at the end of a path of field numbers.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Path(ReadOnlyMemory<byte> message, params int[] numbers) =>
        numbers.Aggregate((IEnumerable<ReadOnlyMemory<byte>>)[message], (messages, number) => messages.SelectMany(inner => Of(inner, number)));

    private static int Skip(ref ReadOnlyMemory<byte> rest)
    {
        Varint(ref rest);
        return 0;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> rest)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var octet = rest.Span[0];
            rest = rest[1..];
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80)
            {
                return value;
            }
        }
    }
}
