using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MaoTrade.Market.Frames;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>A folder as a charting program leaves it: an XMASTER and a data file for each instrument, seven columns a row.</summary>
internal static class MetastockSample
{
    /// <summary>Lower numbers are those of MASTER.</summary>
    private const int FirstNumber = 256;
    private const int IndexRecordBytes = 150;
    private const int RowBytes = 28;
    private const byte SevenColumns = 0x7F;

    public static void Write(string folder, int instruments, int bars)
    {
        var index = new byte[(instruments + 1) * IndexRecordBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(index, 0x4D58_FE5D);
        BinaryPrimitives.WriteUInt16LittleEndian(index.AsSpan(10), (ushort)instruments);
        for (var n = 0; n < instruments; n++)
        {
            var days = BarSample.Days(bars, n);
            WriteEntry(index.AsSpan((n + 1) * IndexRecordBytes, IndexRecordBytes), FirstNumber + n, days);
            File.WriteAllBytes(Path.Combine(folder, $"F{FirstNumber + n}.MWD"), Rows(days));
        }

        File.WriteAllBytes(Path.Combine(folder, "XMASTER"), index);
    }

    private static void WriteEntry(Span<byte> entry, int number, List<Frame> days)
    {
        entry[0] = 1;
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"S{number}"), entry[1..]);
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Instrument number {number}"), entry[16..]);
        entry[62] = (byte)'D';
        BinaryPrimitives.WriteUInt16LittleEndian(entry[65..], (ushort)number);
        entry[70] = SevenColumns;
        BinaryPrimitives.WriteInt32LittleEndian(entry[108..], LongDate(days[0]));
        BinaryPrimitives.WriteInt32LittleEndian(entry[116..], LongDate(days[^1]));
    }

    private static byte[] Rows(List<Frame> days)
    {
        var file = new byte[(days.Count + 1) * RowBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2), (ushort)(days.Count + 1));
        var rest = file.AsSpan(RowBytes);
        foreach (var day in days)
        {
            Add(ref rest, LongDate(day) - 19_000_000);
            Add(ref rest, (float)day.Open);
            Add(ref rest, (float)day.High);
            Add(ref rest, (float)day.Low);
            Add(ref rest, (float)day.Close);
            Add(ref rest, (float)day.Volume);
            Add(ref rest, 0);
        }

        return file;
    }

    private static int LongDate(Frame day)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(day.UnixSeconds);
        return (at.Year * 10_000) + (at.Month * 100) + at.Day;
    }

    /// <summary>Microsoft's old form of a float: the exponent first, two more than today's.</summary>
    private static void Add(ref Span<byte> rest, float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var exponent = (bits >> 23) & 0xFF;
        BinaryPrimitives.WriteUInt32LittleEndian(rest, value == 0 ? 0 : ((exponent + 2) << 24) | (bits >> 31 << 23) | (bits & 0x7F_FFFF));
        rest = rest[sizeof(float)..];
    }
}
