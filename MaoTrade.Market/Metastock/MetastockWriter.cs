using System.Text;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// Writes a folder of Metastock files: MASTER and EMASTER for the file numbers 1 to 255, XMASTER for those from 256 to
/// 2,000, and a data file for each instrument. All files are written beside and put in place when the last one is whole,
/// the index after the data, so that a reader never meets half a file and a failure leaves everything as it was.
/// </summary>
/// <remarks>
/// Numbers have 24 bits: a decimal becomes the nearest one, of two equally near the even one. Prices of up to 7 digits come
/// back as they were (up to 8,388,607; 6 digits beyond), volumes are exact to 16,777,216. Columns the instrument does not
/// have are not written.
/// </remarks>
public static class MetastockWriter
{
    /// <summary>Most rows of an instrument that programs of the format read.</summary>
    public const int MaxRows = 65_500;

    /// <summary>Highest file number.</summary>
    public const int MaxFileNumber = 2_000;

    /// <summary>
    /// Makes the folder hold these instruments, in the place of an index that is there; data files of other numbers stay.
    /// First and last dates are those of the frames.
    /// </summary>
    /// <param name="folder">Created when it is not there.</param>
    /// <param name="series">One after the other, taken as they are written; file numbers in any order, none twice.</param>
    /// <param name="encoding">Of symbols and names, by default code page 1252.</param>
    /// <param name="columnFiles">Whether each instrument also gets the text that names its columns (F{n}.DOP).</param>
    /// <exception cref="MetastockWriteException">The format cannot hold them.</exception>
    /// <exception cref="IOException">Also when another writer is at work in the folder.</exception>
    public static void Write(string folder, IEnumerable<MetastockSeries> series, Encoding? encoding = null, bool columnFiles = false)
    {
        var rules = new MetastockRules(encoding ?? MetastockText.Default);
        using var staging = new MetastockStaging(folder);
        var entries = new SortedDictionary<int, MetastockListing>();
        var faults = new List<MetastockFault>();
        foreach (var one in series)
        {
            var found = rules.FaultsOf(one);
            if (entries.ContainsKey(one.Instrument.FileNumber))
            {
                found.Add(new MetastockFault(one.Instrument.DataFileName, 0, $"the file number {one.Instrument.FileNumber} is given twice"));
            }

            faults.AddRange(found);
            if (faults.Count > 0)
            {
                // Goes on to name the faults of the others, too.
                continue;
            }

            entries.Add(one.Instrument.FileNumber, MetastockListing.Of(one));
            staging.Add(one.Instrument.DataFileName, file => MetastockRowWriter.Write(one, file));
            if (columnFiles)
            {
                staging.Add(one.Instrument.ColumnFileName, file => file.Write(MetastockColumn.FileOf(one.Instrument.Fields)));
            }
        }

        if (faults.Count > 0)
        {
            throw new MetastockWriteException(faults);
        }

        var index = new MetastockIndexWriter([.. entries.Values], rules.Encoding);
        staging.Add("XMASTER", index.XMaster());
        staging.Add("EMASTER", index.EMaster());
        staging.Add("MASTER", index.Master());
        staging.Commit();
    }
}
