using System.Buffers.Binary;
using MaoTrade.Market.Frames;

namespace MaoApi.Data.History;

/// <summary>
/// The bytes of <see cref="BarBlock.Bars"/>, little-endian:
/// <c>byte 2 | int32 count | int64 first | count × uint32 seconds since the first | column × 5</c>, the columns being open, high, low, close,
/// volume, each as <see cref="DecimalColumn"/> writes it. Blocks of the first format, a row of 16-byte decimals for each bar, are still read.
/// A block is a fixed stretch of time, so that a bar's place is known without reading its neighbours.
/// </summary>
internal static class BarBlockFormat
{
    /// <summary>Bars a block can hold: a year of quarter hours in 35 reads, four years of days in one.</summary>
    public const int BarsPerBlock = 1024;

    private const byte Rows = 1;
    private const byte Columns = 2;
    private const int HeadSizeBytes = 1 + sizeof(int) + sizeof(long);
    private const int RowSizeBytes = sizeof(long) + (5 * DecimalColumn.DecimalSizeBytes);

    /// <summary>The block that holds a bar.</summary>
    public static long BlockOf(long unixSeconds, int timeFrameSeconds)
    {
        var stretch = (long)timeFrameSeconds * BarsPerBlock;
        return (unixSeconds / stretch) - (unixSeconds % stretch < 0 ? 1 : 0);
    }

    /// <summary>Bars in the order of time as bytes.</summary>
    public static byte[] Encode(IReadOnlyList<Frame> bars)
    {
        using var bytes = new MemoryStream(HeadSizeBytes + (bars.Count * 6 * sizeof(int)));
        Span<byte> head = stackalloc byte[HeadSizeBytes];
        var first = bars.Count > 0 ? bars[0].UnixSeconds : 0;
        head[0] = Columns;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bars.Count);
        BinaryPrimitives.WriteInt64LittleEndian(head[5..], first);
        bytes.Write(head);
        Span<byte> seconds = stackalloc byte[sizeof(uint)];
        foreach (var bar in bars)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(seconds, checked((uint)(bar.UnixSeconds - first)));
            bytes.Write(seconds);
        }

        var column = new decimal[bars.Count];
        Write(bytes, bars, column, static bar => bar.Open);
        Write(bytes, bars, column, static bar => bar.High);
        Write(bytes, bars, column, static bar => bar.Low);
        Write(bytes, bars, column, static bar => bar.Close);
        Write(bytes, bars, column, static bar => bar.Volume);
        return bytes.ToArray();
    }

    /// <summary>The bars of a block.</summary>
    /// <exception cref="InvalidDataException">These are not the bytes of a block.</exception>
    public static Frame[] Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [Columns, ..] => DecodeColumns(bytes[1..]),
        [Rows, ..] when (bytes.Length - 1) % RowSizeBytes == 0 => DecodeRows(bytes[1..]),
        _ => throw new InvalidDataException("Not a block of bars, or one of a later format."),
    };

    private static void Write(MemoryStream bytes, IReadOnlyList<Frame> bars, decimal[] column, Func<Frame, decimal> value)
    {
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(bars[i]);
        }

        DecimalColumn.Write(bytes, column);
    }

    private static Frame[] DecodeColumns(ReadOnlySpan<byte> rest)
    {
        var count = rest.Length < HeadSizeBytes - 1 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (count < 0 || (rest.Length - (HeadSizeBytes - 1)) / sizeof(uint) < count)
        {
            throw new InvalidDataException("A block of bars is shorter than it says.");
        }

        var first = BinaryPrimitives.ReadInt64LittleEndian(rest[sizeof(int)..]);
        var starts = rest.Slice(HeadSizeBytes - 1, count * sizeof(uint));
        rest = rest[(HeadSizeBytes - 1 + starts.Length)..];
        var values = new decimal[5 * count];
        for (var column = 0; column < 5; column++)
        {
            DecimalColumn.Read(ref rest, values.AsSpan(column * count, count));
        }

        if (!rest.IsEmpty)
        {
            throw new InvalidDataException("A block of bars is longer than it says.");
        }

        var bars = new Frame[count];
        for (var i = 0; i < count; i++)
        {
            bars[i] = new Frame(
                first + BinaryPrimitives.ReadUInt32LittleEndian(starts[(i * sizeof(uint))..]),
                values[i], values[count + i], values[(2 * count) + i], values[(3 * count) + i], values[(4 * count) + i]);
        }

        return bars;
    }

    private static Frame[] DecodeRows(ReadOnlySpan<byte> rest)
    {
        var bars = new Frame[rest.Length / RowSizeBytes];
        for (var i = 0; i < bars.Length; i++)
        {
            var unixSeconds = BinaryPrimitives.ReadInt64LittleEndian(rest);
            rest = rest[sizeof(long)..];
            bars[i] = new Frame(unixSeconds, Next(ref rest), Next(ref rest), Next(ref rest), Next(ref rest), Next(ref rest));
        }

        return bars;
    }

    private static decimal Next(ref ReadOnlySpan<byte> rest)
    {
        var value = DecimalColumn.ReadDecimal(rest);
        rest = rest[DecimalColumn.DecimalSizeBytes..];
        return value;
    }
}
