using System.Buffers.Binary;
using System.Text;

namespace MaoTrade.Tests.Containers;

/// <summary>Values of MessagePack, as its specification says, from a stream: maps become dictionaries, arrays lists, binary and text strings.</summary>
internal sealed class MsgPackReader(Stream stream)
{
    /// <summary>The next value; throws <see cref="EndOfStreamException"/> where there is none.</summary>
    public async Task<object?> ReadAsync(CancellationToken cancellationToken)
    {
        var type = (await BytesAsync(1, cancellationToken))[0];
        return type switch
        {
            < 0x80 => (long)type,
            < 0x90 => await MapAsync(type & 0x0F, cancellationToken),
            < 0xA0 => await ArrayAsync(type & 0x0F, cancellationToken),
            < 0xC0 => await TextAsync(type & 0x1F, cancellationToken),
            0xC0 => null,
            0xC2 => false,
            0xC3 => true,
            0xC4 or 0xD9 => await TextAsync(await NumberAsync(1, cancellationToken), cancellationToken),
            0xC5 or 0xDA => await TextAsync(await NumberAsync(2, cancellationToken), cancellationToken),
            0xC6 or 0xDB => await TextAsync(await NumberAsync(4, cancellationToken), cancellationToken),
            0xC7 => await ExtensionAsync(await NumberAsync(1, cancellationToken), cancellationToken),
            0xCC or 0xD0 => await NumberAsync(1, cancellationToken),
            0xCD or 0xD1 => await NumberAsync(2, cancellationToken),
            0xCE or 0xD2 => await NumberAsync(4, cancellationToken),
            0xCB or 0xCF or 0xD3 => await NumberAsync(8, cancellationToken),
            >= 0xD4 and <= 0xD8 => await ExtensionAsync(1 << (type - 0xD4), cancellationToken),
            0xDC => await ArrayAsync(await NumberAsync(2, cancellationToken), cancellationToken),
            0xDD => await ArrayAsync(await NumberAsync(4, cancellationToken), cancellationToken),
            0xDE => await MapAsync(await NumberAsync(2, cancellationToken), cancellationToken),
            0xDF => await MapAsync(await NumberAsync(4, cancellationToken), cancellationToken),
            >= 0xE0 => (long)(sbyte)type,
            _ => throw new InvalidDataException($"type {type:x2} is not read"),
        };
    }

    private async Task<Dictionary<string, object?>> MapAsync(long count, CancellationToken cancellationToken)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var name = (string)(await ReadAsync(cancellationToken))!;
            map[name] = await ReadAsync(cancellationToken);
        }

        return map;
    }

    private async Task<List<object?>> ArrayAsync(long count, CancellationToken cancellationToken)
    {
        var list = new List<object?>();
        for (var i = 0L; i < count; i++)
        {
            list.Add(await ReadAsync(cancellationToken));
        }

        return list;
    }

    private async Task<string> TextAsync(long length, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await BytesAsync(length, cancellationToken));

    /// <summary>A type and bytes; Fluentd's times are of this kind.</summary>
    private async Task<byte[]> ExtensionAsync(long length, CancellationToken cancellationToken) => await BytesAsync(length + 1, cancellationToken);

    private async Task<long> NumberAsync(int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[8];
        (await BytesAsync(length, cancellationToken)).CopyTo(bytes, 8 - length);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    private async Task<byte[]> BytesAsync(long length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
