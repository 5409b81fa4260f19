using System.Buffers.Binary;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// The header of a data file, as long as a row: u16@2 is the number of the last record, the header being number 1.
/// </summary>
internal static class MetastockHeader
{
    /// <summary>
    /// The format counts to 65,500; larger files are read by their size, to a limit that no length in a file decides.
    /// </summary>
    public const int MaxRows = 2_000_000;

    /// <summary>Rows to read: what the header says where the file has them, else what the file has.</summary>
    public static int Rows(ReadOnlySpan<byte> header, long fileBytes, int rowBytes, MetastockFaults faults)
    {
        if (header.Length < rowBytes)
        {
            faults.Add(0, "shorter than its header");
            return 0;
        }

        var present = (fileBytes / rowBytes) - 1;
        var declared = BinaryPrimitives.ReadUInt16LittleEndian(header[2..]) - 1;
        if (declared >= 0 && declared <= present)
        {
            return declared;
        }

        faults.Add(0, $"the header says {declared} rows, the file has {present}");
        if (fileBytes % rowBytes is var rest and > 0)
        {
            faults.Add(0, $"ends with {rest} bytes of a row of {rowBytes}");
        }

        if (present > MaxRows)
        {
            faults.Add(0, $"only the first {MaxRows} of {present} rows are read");
        }

        return (int)Math.Min(present, MaxRows);
    }
}
