using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MaoTrade.Market.Metastock;

/// <summary>The three index files of a folder that is written; null where one has no entries.</summary>
/// <param name="listings">In the order of their file numbers.</param>
/// <param name="encoding">Of symbols and names.</param>
internal sealed class MetastockIndexWriter(IReadOnlyList<MetastockListing> listings, Encoding encoding)
{
    private const byte Space = (byte)' ';

    private readonly MetastockListing[] _first = [.. listings.Where(one => one.Instrument.FileNumber <= MetastockInstrument.LastOfMaster)];
    private readonly MetastockListing[] _rest = [.. listings.Where(one => one.Instrument.FileNumber > MetastockInstrument.LastOfMaster)];

    public byte[]? Master()
    {
        var file = File(_first, MetastockIndex.MasterBytes, MasterRecord);
        if (file is not null)
        {
            Counts(file);
        }

        return file;
    }

    public byte[]? EMaster()
    {
        var file = File(_first, MetastockIndex.EMasterBytes, EMasterRecord);
        if (file is not null)
        {
            Counts(file);
        }

        return file;
    }

    public byte[]? XMaster()
    {
        var file = File(_rest, MetastockIndex.XMasterBytes, XMasterRecord);
        if (file is not null)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file, MetastockIndex.XMasterMagic);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(10), (ushort)_rest.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(14), (ushort)_rest.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(18), (ushort)(_rest[^1].Instrument.FileNumber + 1));
        }

        return file;
    }

    private delegate void RecordWriter(MetastockListing listing, Span<byte> record);

    /// <summary>A record of zeros for the counts, then one for each entry.</summary>
    private static byte[]? File(MetastockListing[] listings, int recordBytes, RecordWriter write)
    {
        if (listings.Length == 0)
        {
            return null;
        }

        var file = new byte[recordBytes * (listings.Length + 1)];
        for (var i = 0; i < listings.Length; i++)
        {
            write(listings[i], file.AsSpan(recordBytes * (i + 1), recordBytes));
        }

        return file;
    }

    private void Counts(byte[] file)
    {
        file[0] = (byte)_first.Length;
        file[2] = (byte)_first[^1].Instrument.FileNumber;
    }

    private void MasterRecord(MetastockListing listing, Span<byte> record)
    {
        var entry = listing.Instrument;
        record[0] = (byte)entry.FileNumber;
        record[1] = 101;
        record[3] = (byte)entry.RowBytes;
        record[4] = (byte)(entry.RowBytes / 4);
        MetastockText.Write(entry.Name, record.Slice(7, 16), Space, encoding);
        BinaryPrimitives.WriteUInt32LittleEndian(record[25..], MbfSingle.FromWhole((uint)Date(listing.First)));
        BinaryPrimitives.WriteUInt32LittleEndian(record[29..], MbfSingle.FromWhole((uint)Date(listing.Last)));
        record[33] = (byte)entry.Period;
        BinaryPrimitives.WriteUInt16LittleEndian(record[34..], (ushort)entry.IntradayMinutes);
        MetastockText.Write(entry.Symbol, record.Slice(36, 14), Space, encoding);
        record[50] = Space;
        record[51] = Space;
    }

    private void EMasterRecord(MetastockListing listing, Span<byte> record)
    {
        var entry = listing.Instrument;

        // The version programs of the last decades write.
        record[0] = record[1] = (byte)'6';
        record[2] = (byte)entry.FileNumber;
        record[6] = (byte)BitOperations.PopCount((uint)entry.Fields);
        record[7] = (byte)entry.Fields;
        record[9] = Space;
        MetastockText.Write(entry.Symbol, record.Slice(11, 14), 0, encoding);
        MetastockText.Write(entry.Name, record.Slice(32, 16), 0, encoding);
        record[60] = (byte)entry.Period;
        BinaryPrimitives.WriteUInt16LittleEndian(record[62..], (ushort)entry.IntradayMinutes);
        BinaryPrimitives.WriteSingleLittleEndian(record[64..], Date(listing.First));
        BinaryPrimitives.WriteSingleLittleEndian(record[68..], Time(listing.First));
        BinaryPrimitives.WriteSingleLittleEndian(record[72..], Date(listing.Last));
        BinaryPrimitives.WriteSingleLittleEndian(record[76..], Time(listing.Last));
        BinaryPrimitives.WriteInt32LittleEndian(record[126..], LongDate(listing.First));
        if (encoding.GetByteCount(entry.Name) > 16)
        {
            MetastockText.Write(entry.Name, record.Slice(139, 52), 0, encoding);
        }
    }

    private void XMasterRecord(MetastockListing listing, Span<byte> record)
    {
        var entry = listing.Instrument;
        record[0] = 1;
        MetastockText.Write(entry.Symbol, record.Slice(1, 14), 0, encoding);
        MetastockText.Write(entry.Name, record.Slice(16, 45), 0, encoding);
        record[62] = (byte)entry.Period;
        BinaryPrimitives.WriteUInt16LittleEndian(record[63..], (ushort)entry.IntradayMinutes);
        BinaryPrimitives.WriteUInt16LittleEndian(record[65..], (ushort)entry.FileNumber);
        record[70] = (byte)entry.Fields;
        BinaryPrimitives.WriteInt32LittleEndian(record[104..], LongDate(listing.First));
        BinaryPrimitives.WriteInt32LittleEndian(record[108..], LongDate(listing.First));
        BinaryPrimitives.WriteInt32LittleEndian(record[112..], Time(listing.First));
        BinaryPrimitives.WriteInt32LittleEndian(record[116..], LongDate(listing.Last));
        BinaryPrimitives.WriteInt32LittleEndian(record[120..], Time(listing.Last));
    }

    private static int Date(DateTime? at) => at is { } some ? MetastockDate.Stored(DateOnly.FromDateTime(some)) : 0;

    private static int LongDate(DateTime? at) => at is { } some ? MetastockDate.StoredLong(DateOnly.FromDateTime(some)) : 0;

    private static int Time(DateTime? at) => at is { } some ? MetastockDate.Stored(TimeOnly.FromDateTime(some)) : 0;
}
