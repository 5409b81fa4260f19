using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// Microsoft Binary Format, single precision, as Metastock stores every number: little-endian
/// <c>eeeeeeee s mmmmmmm…</c>; e = 0 is 0, else (-1)^s · (1 + m/2^23) · 2^(e-129). There is neither infinity nor NaN.
/// </summary>
public static class MbfSingle
{
    private const int MantissaBits = 24;

    // From the format's exponent of the leading bit to the bias of a double.
    private const ulong Bias = 1023 - 129;

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
        return BitConverter.UInt64BitsToDouble(sign | ((exponent + Bias) << 52) | mantissa);
    }

    /// <summary>The same of four numbers at once.</summary>
    public static Vector256<double> ToDouble(Vector128<uint> stored)
    {
        var wide = Vector256.WidenLower(stored.ToVector256Unsafe());
        var exponent = wide & Vector256.Create(0xFF00_0000UL);
        var bits = ((exponent << 28) + Vector256.Create(Bias << 52))
            | ((wide & Vector256.Create(0x7F_FFFFUL)) << 29)
            | ((wide & Vector256.Create(0x80_0000UL)) << 40);
        return Vector256.AndNot(bits, Vector256.Equals(exponent, Vector256<ulong>.Zero)).AsDouble();
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

    /// <summary>A whole number as it is stored; of one beyond 24 bits the first 24.</summary>
    public static uint FromWhole(uint value)
    {
        if (value == 0)
        {
            return 0;
        }

        var bits = 32 - BitOperations.LeadingZeroCount(value);
        var mantissa = bits > MantissaBits ? value >> (bits - MantissaBits) : value << (MantissaBits - bits);
        return ((uint)(128 + bits) << 24) | (mantissa & 0x7F_FFFF);
    }

    /// <summary>
    /// The stored number nearest to a decimal; of two equally near the one with an even mantissa. Whole numbers up to
    /// 16,777,216 and all that has 24 bits are exact, the error of others is at most 2^-24 of the value.
    /// </summary>
    public static uint FromDecimal(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var digits = new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        if (digits == UInt128.Zero)
        {
            return 0;
        }

        var divisor = PowersOfTen[(parts[3] >> 16) & 0xFF];

        // Both are shifted until the quotient has 24 or 25 bits: digits has 96 at most and the divisor 94, so 128 hold it.
        var shift = MantissaBits + Bits(divisor) - Bits(digits);
        var numerator = shift > 0 ? digits << shift : digits;
        var denominator = shift < 0 ? divisor << -shift : divisor;
        var (quotient, rest) = UInt128.DivRem(numerator, denominator);
        var mantissa = (uint)quotient;
        var exponent = 128 + MantissaBits - shift;
        bool up;
        if (mantissa >> MantissaBits != 0)
        {
            up = (mantissa & 1) != 0 && (rest != UInt128.Zero || (mantissa & 2) != 0);
            mantissa >>= 1;
            exponent++;
        }
        else
        {
            var twice = rest << 1;
            up = twice > denominator || (twice == denominator && (mantissa & 1) != 0);
        }

        mantissa += up ? 1u : 0;
        if (mantissa >> MantissaBits != 0)
        {
            mantissa >>= 1;
            exponent++;
        }

        var sign = parts[3] < 0 ? 0x80_0000u : 0;
        return ((uint)exponent << 24) | sign | (mantissa & 0x7F_FFFF);
    }

    private static int Bits(UInt128 number) => 128 - (int)UInt128.LeadingZeroCount(number);

    private static readonly UInt128[] PowersOfTen = [.. Enumerable.Range(0, 29).Select(power => UInt128.Parse("1" + new string('0', power), null))];
}
