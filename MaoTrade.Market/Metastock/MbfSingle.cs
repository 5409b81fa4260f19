using System.Buffers.Binary;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// Microsoft Binary Format, single precision, as Metastock stores every number: little-endian
/// <c>eeeeeeee s mmmmmmm…</c>; e = 0 is 0, else (-1)^s · (1 + m/2^23) · 2^(e-129).
/// </summary>
public static class MbfSingle
{
    /// <summary>The exact value: every such number is also a double.</summary>
    public static double ToDouble(uint stored)
    {
        var exponent = stored >> 24;
        if (exponent == 0)
        {
            return 0;
        }

        var sign = (ulong)((stored >> 23) & 1) << 63;
        var mantissa = (ulong)(stored & 0x7F_FFFF) << 29;
        return BitConverter.UInt64BitsToDouble(sign | ((ulong)(exponent - 129 + 1023) << 52) | mantissa);
    }

    /// <summary>The exact value of four bytes as they are in the file.</summary>
    public static double Read(ReadOnlySpan<byte> bytes) => ToDouble(BinaryPrimitives.ReadUInt32LittleEndian(bytes));

    /// <summary>
    /// A price: rounded to the 7 significant digits a 24-bit mantissa carries, so 0.58 is 0.58 again.
    /// False for what no price can be (beyond the range of a decimal).
    /// </summary>
    public static bool TryReadPrice(ReadOnlySpan<byte> bytes, out decimal price)
    {
        var value = Read(bytes);
        price = 0;
        if (Math.Abs(value) > 1e24)
        {
            return false;
        }

        // The conversion from float to decimal keeps 7 significant digits; tiny values become 0.
        price = (decimal)(float)value;
        return true;
    }
}
