using System.Buffers.Binary;
using MaoTrade.Market.Frames;

namespace MaoApi.Data.History;

/// <summary>
/// The bytes of <see cref="BarBlock.Bars"/>: one format byte, then for each bar, ascending and little-endian,
/// <c>int64 unixSeconds | decimal open | decimal high | decimal low | decimal close | decimal volume</c>, a decimal being its four
/// 32-bit parts in the order of <see cref="decimal.GetBits(decimal)"/>. A block is a fixed stretch of time, so that a bar's place is
/// known without reading its neighbours.
/// </summary>
internal static class BarBlockFormat
{
    /// <summary>Bars a block can hold: a year of quarter hours in 35 reads, four years of days in one.</summary>
    public const int BarsPerBlock = 1024;

    private const byte Version = 1;
    private const int DecimalSizeBytes = 16;
    private const int BarSizeBytes = sizeof(long) + (5 * DecimalSizeBytes);

    /// <summary>The block that holds a bar.</summary>
    public static long BlockOf(long unixSeconds, int timeFrameSeconds)
    {
        var stretch = (long)timeFrameSeconds * BarsPerBlock;
        return (unixSeconds / stretch) - (unixSeconds % stretch < 0 ? 1 : 0);
    }

    public static byte[] Encode(IReadOnlyList<Frame> bars)
    {
        var bytes = new byte[1 + (bars.Count * BarSizeBytes)];
        bytes[0] = Version;
        var rest = bytes.AsSpan(1);
        foreach (var bar in bars)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, bar.UnixSeconds);
            rest = rest[sizeof(long)..];
            Write(ref rest, bar.Open);
            Write(ref rest, bar.High);
            Write(ref rest, bar.Low);
            Write(ref rest, bar.Close);
            Write(ref rest, bar.Volume);
        }

        return bytes;
    }

    /// <summary>The bars of a block.</summary>
    /// <exception cref="InvalidDataException">These are not the bytes of a block.</exception>
    public static Frame[] Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes[0] != Version || (bytes.Length - 1) % BarSizeBytes != 0)
        {
            throw new InvalidDataException("Not a block of bars, or one of a later format.");
        }

        var bars = new Frame[(bytes.Length - 1) / BarSizeBytes];
        var rest = bytes[1..];
        for (var i = 0; i < bars.Length; i++)
        {
            var unixSeconds = BinaryPrimitives.ReadInt64LittleEndian(rest);
            rest = rest[sizeof(long)..];
            bars[i] = new Frame(unixSeconds, Read(ref rest), Read(ref rest), Read(ref rest), Read(ref rest), Read(ref rest));
        }

        return bars;
    }

    private static void Write(ref Span<byte> rest, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        for (var i = 0; i < parts.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest[(i * sizeof(int))..], parts[i]);
        }

        rest = rest[DecimalSizeBytes..];
    }

    private static decimal Read(ref ReadOnlySpan<byte> rest)
    {
        Span<int> parts = stackalloc int[4];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = BinaryPrimitives.ReadInt32LittleEndian(rest[(i * sizeof(int))..]);
        }

        rest = rest[DecimalSizeBytes..];
        try
        {
            return new decimal(parts);
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException("A price of a block of bars is no number.", fault);
        }
    }
}
