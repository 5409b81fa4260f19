using System.Buffers.Binary;

namespace MaoApi.Data.History;

/// <summary>
/// Numbers that stand under one another, to the last digit:
/// <list type="table">
/// <item><term>0</term><description><c>byte scale | int32 each</c>: all have as many digits behind the point, and fit</description></item>
/// <item><term>1</term><description><c>byte scale | int64 each</c></description></item>
/// <item><term>2</term><description><c>byte scale each | int64 each</c></description></item>
/// <item><term>3</term><description>the four 32-bit parts of <see cref="decimal.GetBits(decimal)"/> each</description></item>
/// </list>
/// A number is its integer divided by 10^scale.
/// </summary>
internal static class DecimalColumn
{
    public const int DecimalSizeBytes = 16;

    private const byte Short = 0;
    private const byte Long = 1;
    private const byte Scaled = 2;
    private const byte Whole = 3;
    private const int MaxScale = 28;

    public static void Write(Stream bytes, ReadOnlySpan<decimal> values)
    {
        var kind = KindOf(values);
        bytes.WriteByte(kind);
        if (kind is Short or Long)
        {
            bytes.WriteByte(values.Length > 0 ? values[0].Scale : (byte)0);
        }
        else if (kind == Scaled)
        {
            foreach (var value in values)
            {
                bytes.WriteByte(value.Scale);
            }
        }

        Span<byte> item = stackalloc byte[DecimalSizeBytes];
        foreach (var value in values)
        {
            bytes.Write(item[..WriteItem(item, kind, value)]);
        }
    }

    /// <summary>Reads as many numbers as there is room for and moves behind them.</summary>
    /// <exception cref="InvalidDataException">These are not the bytes of a column.</exception>
    public static void Read(ref ReadOnlySpan<byte> rest, Span<decimal> values)
    {
        var kind = Take(ref rest, 1)[0];
        var scales = kind switch
        {
            Short or Long => Take(ref rest, 1),
            Scaled => Take(ref rest, values.Length),
            Whole => [],
            _ => throw new InvalidDataException("A block of bars has columns of a later format."),
        };
        if (scales.ContainsAnyExceptInRange((byte)0, (byte)MaxScale))
        {
            throw new InvalidDataException("A price of a block of bars is no number.");
        }

        switch (kind)
        {
            case Short:
                var shorts = Take(ref rest, values.Length * sizeof(int));
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = Scale(BinaryPrimitives.ReadInt32LittleEndian(shorts[(i * sizeof(int))..]), scales[0]);
                }

                break;
            case Whole:
                var wholes = Take(ref rest, values.Length * DecimalSizeBytes);
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = ReadDecimal(wholes[(i * DecimalSizeBytes)..]);
                }

                break;
            default:
                var longs = Take(ref rest, values.Length * sizeof(long));
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = Scale(BinaryPrimitives.ReadInt64LittleEndian(longs[(i * sizeof(long))..]), scales[kind == Long ? 0 : i]);
                }

                break;
        }
    }

    /// <summary>A number as its four parts.</summary>
    /// <exception cref="InvalidDataException">The parts are none.</exception>
    public static decimal ReadDecimal(ReadOnlySpan<byte> bytes)
    {
        Span<int> parts = stackalloc int[4];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
        }

        try
        {
            return new decimal(parts);
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException("A price of a block of bars is no number.", fault);
        }
    }

    private static byte KindOf(ReadOnlySpan<decimal> values)
    {
        var (kind, scale) = (Short, values.Length > 0 ? values[0].Scale : 0);
        foreach (var value in values)
        {
            if (!TryUnscale(value, out var integer))
            {
                return Whole;
            }

            kind = value.Scale != scale ? Scaled : kind == Short && integer != (int)integer ? Long : kind;
        }

        return kind;
    }

    private static int WriteItem(Span<byte> item, byte kind, decimal value)
    {
        if (kind == Whole)
        {
            Span<int> parts = stackalloc int[4];
            decimal.GetBits(value, parts);
            for (var i = 0; i < parts.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(item[(i * sizeof(int))..], parts[i]);
            }

            return DecimalSizeBytes;
        }

        TryUnscale(value, out var integer);
        if (kind == Short)
        {
            BinaryPrimitives.WriteInt32LittleEndian(item, (int)integer);
            return sizeof(int);
        }

        BinaryPrimitives.WriteInt64LittleEndian(item, integer);
        return sizeof(long);
    }

    /// <summary>The number without its point, where it fits; a zero below zero does not.</summary>
    private static bool TryUnscale(decimal value, out long integer)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        integer = ((long)parts[1] << 32) | (uint)parts[0];
        var isNegative = parts[3] < 0;
        if (parts[2] != 0 || integer < 0 || (isNegative && integer == 0))
        {
            return false;
        }

        integer = isNegative ? -integer : integer;
        return true;
    }

    private static decimal Scale(long integer, byte scale)
    {
        var magnitude = unchecked((ulong)(integer < 0 ? -integer : integer));
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, integer < 0, scale);
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int count)
    {
        if (rest.Length < count)
        {
            throw new InvalidDataException("A block of bars is shorter than it says.");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
