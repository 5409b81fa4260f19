using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MaoTrade.Market.Metastock;

/// <summary>Reads MASTER, EMASTER and XMASTER; an entry of a later one completes the entry of an earlier one.</summary>
internal sealed class MetastockIndex(Encoding encoding, List<MetastockFault> faults)
{
    public const int MasterBytes = 53;
    public const int EMasterBytes = 192;
    public const int XMasterBytes = 150;
    public const uint XMasterMagic = 0x4D58_FE5D;

    private readonly SortedDictionary<int, MetastockInstrument> _entries = [];

    public IReadOnlyCollection<MetastockInstrument> Entries => _entries.Values;

    public void ReadMaster(ReadOnlySpan<byte> file) =>
        ReadRecords(file, "MASTER", MasterBytes, MetastockInstrument.LastOfMaster, MasterRecord);

    public void ReadEMaster(ReadOnlySpan<byte> file) =>
        ReadRecords(file, "EMASTER", EMasterBytes, MetastockInstrument.LastOfMaster, EMasterRecord);

    public void ReadXMaster(ReadOnlySpan<byte> file)
    {
        if (file.Length < XMasterBytes || BinaryPrimitives.ReadUInt32LittleEndian(file) != XMasterMagic)
        {
            faults.Add(new MetastockFault("XMASTER", 0, "does not begin as an XMASTER"));
            return;
        }

        ReadRecords(file, "XMASTER", XMasterBytes, ushort.MaxValue, XMasterRecord);
    }

    /// <summary>Reads one record. Null when it is no entry; what else is wrong with it goes to <paramref name="tell"/>.</summary>
    private delegate MetastockInstrument? RecordReader(ReadOnlySpan<byte> record, Action<string> tell);

    private void ReadRecords(ReadOnlySpan<byte> file, string name, int recordBytes, int most, RecordReader read)
    {
        var found = new MetastockFaults(name);
        if (file.Length < recordBytes)
        {
            faults.Add(new MetastockFault(name, 0, "shorter than its first record"));
            return;
        }

        var declared = name == "XMASTER" ? BinaryPrimitives.ReadUInt16LittleEndian(file[10..]) : file[0];
        var present = (file.Length / recordBytes) - 1;
        if (declared != present)
        {
            found.Add(0, $"declares {declared} records and has {present}");
        }

        if (file.Length % recordBytes is var rest and > 0)
        {
            found.Add(0, $"ends with {rest} bytes of a record of {recordBytes}");
        }

        if (present > most)
        {
            found.Add(0, $"only the first {most} records are read");
        }

        var seen = new HashSet<int>();
        for (var row = 1; row <= Math.Min(present, most); row++)
        {
            var number = row;
            if (read(file.Slice(row * recordBytes, recordBytes), message => found.Add(number, message)) is not { } entry)
            {
                continue;
            }

            if (seen.Add(entry.FileNumber))
            {
                _entries[entry.FileNumber] = entry;
            }
            else
            {
                found.Add(row, $"file number {entry.FileNumber} is that of an earlier record: left out");
            }
        }

        faults.AddRange(found.ToList());
    }

    private MetastockInstrument? MasterRecord(ReadOnlySpan<byte> record, Action<string> tell)
    {
        var period = (char)record[33];
        var fields = MetastockLayout.FieldsOf(record[4], period);
        if (record[0] == 0 || fields == MetastockFields.None)
        {
            tell($"file number {record[0]} with {record[4]} fields of period '{Shown(period)}'");
            return null;
        }

        if (record[3] != 4 * record[4])
        {
            tell($"a record length of {record[3]} with {record[4]} fields: the fields count");
        }

        return new MetastockInstrument(
            record[0], Text(record.Slice(36, 14)), Text(record.Slice(7, 16)), period,
            BinaryPrimitives.ReadUInt16LittleEndian(record[34..]), fields,
            Date(MbfSingle.Read(record[25..])), Date(MbfSingle.Read(record[29..])), null);
    }

    private MetastockInstrument? EMasterRecord(ReadOnlySpan<byte> record, Action<string> tell)
    {
        int number = record[2];
        var period = (char)record[60];
        var fields = (MetastockFields)record[7];
        if (BitOperations.PopCount(record[7]) != record[6] || !MetastockLayout.IsReadable(fields))
        {
            fields = MetastockLayout.FieldsOf(record[6], period);
        }

        if (number == 0 || fields == MetastockFields.None)
        {
            tell($"file number {number} with {record[6]} fields of period '{Shown(period)}'");
            return null;
        }

        var symbol = Text(record.Slice(11, 14));
        var name = Text(record.Slice(139, 52));
        if (_entries.TryGetValue(number, out var known) && (known.Symbol != symbol || known.Fields != fields))
        {
            tell($"{symbol} with the columns {fields}, where MASTER has {known.Symbol} with {known.Fields}: EMASTER counts");
        }

        return new MetastockInstrument(
            number, symbol, name.Length > 0 ? name : known?.Name ?? Text(record.Slice(32, 16)), period,
            BinaryPrimitives.ReadUInt16LittleEndian(record[62..]), fields,
            Date(BinaryPrimitives.ReadSingleLittleEndian(record[64..])) ?? known?.First,
            Date(BinaryPrimitives.ReadSingleLittleEndian(record[72..])) ?? known?.Last, null);
    }

    private MetastockInstrument? XMasterRecord(ReadOnlySpan<byte> record, Action<string> tell)
    {
        int number = BinaryPrimitives.ReadUInt16LittleEndian(record[65..]);
        var fields = (MetastockFields)record[70];
        if (number == 0 || !MetastockLayout.IsReadable(fields))
        {
            tell($"file number {number} with the columns {record[70]:X2}");
            return null;
        }

        return new MetastockInstrument(
            number, Text(record.Slice(1, 14)), Text(record.Slice(16, 45)), (char)record[62],
            BinaryPrimitives.ReadUInt16LittleEndian(record[63..]), fields,
            LongDate(BinaryPrimitives.ReadInt32LittleEndian(record[108..])),
            LongDate(BinaryPrimitives.ReadInt32LittleEndian(record[116..])), null);
    }

    private string Text(ReadOnlySpan<byte> bytes) => MetastockText.Read(bytes, encoding);

    private static DateOnly? Date(double stored) => MetastockDate.TryParse(stored, out var date) ? date : null;

    private static DateOnly? LongDate(int stored) => MetastockDate.TryParseLong(stored, out var date) ? date : null;

    private static char Shown(char period) => period is >= ' ' and <= '~' ? period : '?';
}
