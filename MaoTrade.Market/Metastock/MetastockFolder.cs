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
        Directory.Exists(path) && Files(path) is var files && (files.ContainsKey("MASTER") || files.ContainsKey("EMASTER") || files.ContainsKey("XMASTER"));

    /// <summary>Reads the index. Texts are in <paramref name="encoding"/>, by default code page 1252.</summary>
    public static MetastockFolder Open(string path, Encoding? encoding = null)
    {
        var faults = new List<MetastockFault>();
        var files = Files(path);
        var index = new MetastockIndex(encoding ?? CodePagesEncodingProvider.Instance.GetEncoding(1252)!, faults);
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
            var name = DataFileName(entry.FileNumber);
            files.TryGetValue(name, out var dataFile);
            if (dataFile is null)
            {
                faults.Add(new MetastockFault(name, 0, $"missing: {entry.Symbol} cannot be read"));
            }

            instruments.Add(Repaired(entry) with { DataFile = dataFile });
        }

        return new MetastockFolder(instruments, faults);
    }

    /// <summary>The rows of an instrument, sorted by time, one per time.</summary>
    public static MetastockSeries Read(MetastockInstrument instrument)
    {
        var name = DataFileName(instrument.FileNumber);
        if (instrument.DataFile is null)
        {
            return new MetastockSeries(instrument, [], [new MetastockFault(name, 0, "missing")]);
        }

        var faults = new List<MetastockFault>();
        using var file = new FileStream(instrument.DataFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024);
        return new MetastockSeries(instrument, MetastockFile.Read(file, name, instrument, faults), faults);
    }

    private static string DataFileName(int number) => number <= 255 ? $"F{number}.DAT" : $"F{number}.MWD";

    /// <summary>Some vendors write the first date a century late: a first date after the last one is moved back.</summary>
    private static MetastockInstrument Repaired(MetastockInstrument entry) =>
        entry is { First: { } first, Last: { } last } && first > last ? entry with { First = first.AddYears(-100) } : entry;

    private static Dictionary<string, string> Files(string path)
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in Directory.EnumerateFiles(path))
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

        if (new FileInfo(path).Length > MaxIndexBytes)
        {
            faults.Add(new MetastockFault(name, 0, "too large for an index"));
            return null;
        }

        return File.ReadAllBytes(path);
    }
}
