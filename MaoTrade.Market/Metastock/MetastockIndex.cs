using System.Buffers.Binary;
using System.Text;

namespace MaoTrade.Market.Metastock;

/// <summary>Reads MASTER, EMASTER and XMASTER; an entry of a later one completes the entry of an earlier one.</summary>
internal sealed class MetastockIndex(Encoding encoding, List<MetastockFault> faults)
{
    private const int MasterBytes = 53;
    private const int EMasterBytes = 192;
    private const int XMasterBytes = 150;
    private const uint XMasterMagic = 0x4D58_FE5D;

    private readonly SortedDictionary<int, MetastockInstrument> _entries = [];

    public IReadOnlyCollection<MetastockInstrument> Entries => _entries.Values;

    public void ReadMaster(ReadOnlySpan<byte> file) => ReadRecords(file, "MASTER", MasterBytes, MasterRecord);

    public void ReadEMaster(ReadOnlySpan<byte> file) => ReadRecords(file, "EMASTER", EMasterBytes, EMasterRecord);

    public void ReadXMaster(ReadOnlySpan<byte> file)
    {
        if (file.Length < XMasterBytes || BinaryPrimitives.ReadUInt32LittleEndian(file) != XMasterMagic)
        {
            faults.Add(new MetastockFault("XMASTER", 0, "does not begin as an XMASTER"));
            return;
        }

        ReadRecords(file, "XMASTER", XMasterBytes, XMasterRecord);
    }

    private delegate string? RecordReader(ReadOnlySpan<byte> record);

    private void ReadRecords(ReadOnlySpan<byte> file, string name, int recordBytes, RecordReader read)
    {
        if (file.Length < recordBytes)
        {
            faults.Add(new MetastockFault(name, 0, "shorter than its first record"));
            return;
        }

        var declared = name == "XMASTER" ? BinaryPrimitives.ReadUInt16LittleEndian(file[10..]) : file[0];
        var present = (file.Length / recordBytes) - 1;
        if (declared != present)
        {
            faults.Add(new MetastockFault(name, 0, $"declares {declared} records and has {present}"));
        }

        for (var row = 1; row <= present; row++)
        {
            if (read(file.Slice(row * recordBytes, recordBytes)) is { } fault)
            {
                faults.Add(new MetastockFault(name, row, fault));
            }
        }
    }

    private string? MasterRecord(ReadOnlySpan<byte> record)
    {
        var period = (char)record[33];
        var fields = FieldsOf(record[4], period);
        if (record[0] == 0 || fields == MetastockFields.None)
        {
            return $"file number {record[0]} with {record[4]} fields of period '{Shown(period)}'";
        }

        _entries[record[0]] = new MetastockInstrument(
            record[0], Text(record.Slice(36, 14)), Text(record.Slice(7, 16)), period,
            BinaryPrimitives.ReadUInt16LittleEndian(record[34..]), fields,
            Date(MbfSingle.Read(record[25..])), Date(MbfSingle.Read(record[29..])), null);
        return null;
    }

    private string? EMasterRecord(ReadOnlySpan<byte> record)
    {
        int number = record[2];
        var period = (char)record[60];
        var fields = (MetastockFields)record[7];
        if (System.Numerics.BitOperations.PopCount(record[7]) != record[6] || !fields.HasFlag(MetastockFields.Date | MetastockFields.Close))
        {
            fields = FieldsOf(record[6], period);
        }

        if (number == 0 || fields == MetastockFields.None)
        {
            return $"file number {number} with {record[6]} fields of period '{Shown(period)}'";
        }

        var name = Text(record.Slice(139, 52));
        _entries.TryGetValue(number, out var known);
        _entries[number] = new MetastockInstrument(
            number, Text(record.Slice(11, 14)), name.Length > 0 ? name : known?.Name ?? Text(record.Slice(32, 16)), period,
            BinaryPrimitives.ReadUInt16LittleEndian(record[62..]), fields,
            Date(BinaryPrimitives.ReadSingleLittleEndian(record[64..])) ?? known?.First,
            Date(BinaryPrimitives.ReadSingleLittleEndian(record[72..])) ?? known?.Last, null);
        return null;
    }

    private string? XMasterRecord(ReadOnlySpan<byte> record)
    {
        int number = BinaryPrimitives.ReadUInt16LittleEndian(record[65..]);
        var fields = (MetastockFields)record[70];
        if (number == 0 || !fields.HasFlag(MetastockFields.Date | MetastockFields.Close))
        {
            return $"file number {number} with the columns {record[70]:X2}";
        }

        _entries[number] = new MetastockInstrument(
            number, Text(record.Slice(1, 14)), Text(record.Slice(16, 45)), (char)record[62],
            BinaryPrimitives.ReadUInt16LittleEndian(record[63..]), fields,
            LongDate(BinaryPrimitives.ReadInt32LittleEndian(record[108..])),
            LongDate(BinaryPrimitives.ReadInt32LittleEndian(record[116..])), null);
        return null;
    }

    /// <summary>The columns where no bit set says them: by count and period.</summary>
    private static MetastockFields FieldsOf(int count, char period)
    {
        const MetastockFields Prices = MetastockFields.Date | MetastockFields.High | MetastockFields.Low | MetastockFields.Close;
        const MetastockFields Six = Prices | MetastockFields.Volume | MetastockFields.Open;
        return (count, period) switch
        {
            (4, _) => Prices,
            (5, _) => Prices | MetastockFields.Volume,
            (6, _) => Six,
            (7, 'I') => Six | MetastockFields.Time,
            (7, _) => Six | MetastockFields.OpenInterest,
            (8, _) => Six | MetastockFields.Time | MetastockFields.OpenInterest,
            _ => MetastockFields.None,
        };
    }

    private string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return encoding.GetString(end < 0 ? bytes : bytes[..end]).Trim();
    }

    private static DateOnly? Date(double stored) => MetastockDate.TryParse(stored, out var date) ? date : null;

    private static DateOnly? LongDate(int stored) => MetastockDate.TryParseLong(stored, out var date) ? date : null;

    private static char Shown(char period) => period is >= ' ' and <= '~' ? period : '?';
}
