using System.Text;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// A folder of Metastock files: the index (MASTER, EMASTER, XMASTER) and the data files beside it. What is wrong in a file
/// is listed with its row and does not stop the rest. Names match without case.
/// </summary>
public sealed class MetastockFolder
{
    // MASTER and EMASTER hold 255 entries, XMASTER 2,000 in the largest format known: anything beyond is no index.
    private const int MaxIndexBytes = 4 << 20;

    private static readonly string[] IndexNames = ["MASTER", "EMASTER", "XMASTER"];

    private readonly List<MetastockFault> _faults = [];

    private MetastockFolder(IReadOnlyList<MetastockInstrument> instruments, List<MetastockFault> faults)
    {
        Instruments = instruments;
        _faults = faults;
    }

    /// <summary>Entries of the index in the order of their file numbers, also those without a data file.</summary>
    public IReadOnlyList<MetastockInstrument> Instruments { get; }

    /// <summary>What was found wrong in the index.</summary>
    public IReadOnlyList<MetastockFault> Faults => _faults;

    /// <summary>Whether a folder holds such an index.</summary>
    public static bool IsAt(string path) =>
        Directory.Exists(path) && Files(path) is var files && IndexNames.Any(files.ContainsKey);

    /// <summary>Reads the index. Texts are in <paramref name="encoding"/>, by default code page 1252.</summary>
    public static MetastockFolder Open(string path, Encoding? encoding = null)
    {
        var faults = new List<MetastockFault>();
        var files = Files(path);
        var index = new MetastockIndex(encoding ?? MetastockText.Default, faults);
        if (Load(files, "MASTER", faults) is { } master)
        {
            index.ReadMaster(master);
        }

        if (Load(files, "EMASTER", faults) is { } emaster)
        {
            index.ReadEMaster(emaster);
        }

        if (Load(files, "XMASTER", faults) is { } xmaster)
        {
            index.ReadXMaster(xmaster);
        }

        var instruments = new List<MetastockInstrument>(index.Entries.Count);
        foreach (var entry in index.Entries)
        {
            files.TryGetValue(entry.DataFileName, out var dataFile);
            files.TryGetValue(entry.ColumnFileName, out var columnFile);
            if (dataFile is null)
            {
                faults.Add(new MetastockFault(entry.DataFileName, 0, $"missing: {entry.Symbol} cannot be read"));
            }

            instruments.Add(Repaired(entry) with { DataFile = dataFile, ColumnFile = columnFile });
        }

        return new MetastockFolder(instruments, faults);
    }

    /// <summary>
    /// The rows of an instrument, sorted by time, one per time. Rows that break a rule (a date or time that is none, a price
    /// that is not positive, a high and low that do not enclose the others, a negative volume) are named and left out.
    /// </summary>
    public static MetastockSeries Read(MetastockInstrument instrument)
    {
        var faults = new MetastockFaults(instrument.DataFileName);
        if (instrument.DataFile is null)
        {
            faults.Add(0, "missing");
            return new MetastockSeries(instrument, [], faults.ToList());
        }

        try
        {
            using var file = File.OpenHandle(instrument.DataFile, share: FileShare.ReadWrite | FileShare.Delete);
            return MetastockFile.Read(instrument, file, faults);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(0, exception.Message);
            return new MetastockSeries(instrument, [], faults.ToList());
        }
    }

    /// <summary>Some vendors write the first date a century late: a first date after the last one is moved back.</summary>
    private static MetastockInstrument Repaired(MetastockInstrument entry) =>
        entry is { First: { } first, Last: { } last } && first > last ? entry with { First = first.AddYears(-100) } : entry;

    private static Dictionary<string, string> Files(string path)
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        // Of names that differ by case alone the one in capitals counts, as the programs of old would write it.
        foreach (var file in Directory.EnumerateFiles(path).Order(StringComparer.Ordinal))
        {
            files.TryAdd(Path.GetFileName(file), file);
        }

        return files;
    }

    private static byte[]? Load(Dictionary<string, string> files, string name, List<MetastockFault> faults)
    {
        if (!files.TryGetValue(name, out var path))
        {
            return null;
        }

        try
        {
            if (new FileInfo(path).Length <= MaxIndexBytes)
            {
                return File.ReadAllBytes(path);
            }

            faults.Add(new MetastockFault(name, 0, $"too large for an index, which has {MaxIndexBytes} bytes at most"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(new MetastockFault(name, 0, exception.Message));
        }

        return null;
    }
}
