using System.Buffers.Binary;
using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// Reads the rows of one F{n}.DAT or F{n}.MWD: a header of one row's length (u16@2 = last record number, the header being
/// number 1), then rows of MBF singles.
/// </summary>
internal static class MetastockFile
{
    // The format's own limit of rows.
    public const int MaxRows = 65_535;

    public static List<Frame> Read(Stream file, string name, MetastockInstrument instrument, List<MetastockFault> faults)
    {
        var rowBytes = instrument.RowBytes;
        Span<byte> row = stackalloc byte[rowBytes];
        if (file.ReadAtLeast(row, rowBytes, throwOnEndOfStream: false) < rowBytes)
        {
            faults.Add(new MetastockFault(name, 0, "shorter than its header"));
            return [];
        }

        var rows = RowCount(file.Length, rowBytes, BinaryPrimitives.ReadUInt16LittleEndian(row[2..]), name, faults);
        var frames = new List<Frame>(rows);
        for (var number = 1; number <= rows; number++)
        {
            file.ReadExactly(row);
            if (ReadRow(row, instrument.Fields, out var frame) is { } fault)
            {
                faults.Add(new MetastockFault(name, number, fault));
            }
            else
            {
                frames.Add(frame);
            }
        }

        return InOrder(frames, name, faults);
    }

    private static int RowCount(long fileBytes, int rowBytes, int lastRecord, string name, List<MetastockFault> faults)
    {
        var present = (int)Math.Min(MaxRows, (fileBytes / rowBytes) - 1);
        if (lastRecord >= 1 && lastRecord - 1 <= present)
        {
            return lastRecord - 1;
        }

        faults.Add(new MetastockFault(name, 0, $"the header says {lastRecord - 1} rows, the file has {present}"));
        return present;
    }

    private static string? ReadRow(ReadOnlySpan<byte> row, MetastockFields fields, out Frame frame)
    {
        frame = default;
        var at = 0;
        if (!MetastockDate.TryParse(Next(row, ref at), out var date))
        {
            return $"the date {MbfSingle.Read(row)} is none";
        }

        var time = TimeOnly.MinValue;
        if (fields.HasFlag(MetastockFields.Time) && !MetastockDate.TryParseTime(Next(row, ref at), out time))
        {
            return "the time is none";
        }

        decimal open = 0;
        var ok = !fields.HasFlag(MetastockFields.Open) || NextPrice(row, ref at, out open);
        ok &= NextPrice(row, ref at, out var high);
        ok &= NextPrice(row, ref at, out var low);
        ok &= NextPrice(row, ref at, out var close);
        if (!ok)
        {
            return "a price is out of range";
        }

        if (!fields.HasFlag(MetastockFields.Open))
        {
            open = close;
        }

        var volume = fields.HasFlag(MetastockFields.Volume) ? Next(row, ref at) : 0;
        if (Math.Abs(volume) > 1e24)
        {
            return "the volume is out of range";
        }

        frame = new Frame(
            new DateTimeOffset(date, time, TimeSpan.Zero).ToUnixTimeSeconds(), open, high, low, close, (decimal)volume);
        return null;
    }

    private static double Next(ReadOnlySpan<byte> row, ref int at)
    {
        at += 4;
        return MbfSingle.Read(row[(at - 4)..]);
    }

    private static bool NextPrice(ReadOnlySpan<byte> row, ref int at, out decimal price)
    {
        at += 4;
        return MbfSingle.TryReadPrice(row[(at - 4)..], out price);
    }

    /// <summary>Sorted by time; of equal times the first row stays (programs repeat the last row).</summary>
    private static List<Frame> InOrder(List<Frame> frames, string name, List<MetastockFault> faults)
    {
        var sorted = true;
        for (var i = 1; i < frames.Count && sorted; i++)
        {
            sorted = frames[i - 1].UnixSeconds < frames[i].UnixSeconds;
        }

        if (sorted)
        {
            return frames;
        }

        var ordered = frames.OrderBy(frame => frame.UnixSeconds).DistinctBy(frame => frame.UnixSeconds).ToList();
        faults.Add(new MetastockFault(name, 0, $"rows out of order or repeated: {frames.Count - ordered.Count} dropped"));
        return ordered;
    }
}
