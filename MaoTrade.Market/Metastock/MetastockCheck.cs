using System.Text;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// Goes through a folder and names everything that is wrong: the index, each row of each data file, and where index and
/// data disagree. Reads all of it, keeps nothing but the faults.
/// </summary>
public static class MetastockCheck
{
    /// <summary>Checks a folder; <paramref name="progress"/> is told after each instrument how many are done.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static MetastockCheckReport Run(
        string path, Encoding? encoding = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!MetastockFolder.IsAt(path) && Directory.Exists(path))
        {
            return new MetastockCheckReport(0, 0, 0, [new MetastockFault("MASTER", 0, "missing, and so are EMASTER and XMASTER: the folder has no index")]);
        }

        var folder = MetastockFolder.Open(path, encoding);
        var faults = new List<MetastockFault>(folder.Faults);
        faults.AddRange(Symbols(folder));
        faults.AddRange(NotListed(path, folder));
        var readable = 0;
        var rows = 0L;
        for (var i = 0; i < folder.Instruments.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (folder.Instruments[i] is { DataFile: not null } entry)
            {
                var count = Check(entry, faults);
                readable += count > 0 ? 1 : 0;
                rows += count;
            }

            progress?.Report(i + 1);
        }

        return new MetastockCheckReport(folder.Instruments.Count, readable, rows, faults);
    }

    private static int Check(MetastockInstrument entry, List<MetastockFault> faults)
    {
        using var bars = MetastockBars.Open(entry);
        faults.AddRange(bars.Faults);
        Columns(entry, faults);
        if (bars.Count > 0)
        {
            Date("first", entry.First, DateAt(bars, 0), entry, faults);
            Date("last", entry.Last, DateAt(bars, bars.Count - 1), entry, faults);
        }

        return bars.Count;
    }

    private static void Date(string which, DateOnly? said, DateOnly found, MetastockInstrument entry, List<MetastockFault> faults)
    {
        if (said is { } date && date != found)
        {
            faults.Add(new MetastockFault(entry.DataFileName, 0, $"the index says {which} date {date:yyyy-MM-dd}, the rows have {found:yyyy-MM-dd}"));
        }
    }

    private static DateOnly DateAt(MetastockBars bars, int index) =>
        DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(bars.UnixSecondsAt(index)).UtcDateTime);

    private static void Columns(MetastockInstrument entry, List<MetastockFault> faults)
    {
        if (entry.ColumnFile is null)
        {
            return;
        }

        var named = MetastockColumn.Read(entry.ColumnFile, faults);
        if (named.Count != entry.RowBytes / 4)
        {
            faults.Add(new MetastockFault(
                entry.ColumnFileName, 0, $"names {named.Count} columns, the index has {string.Join(", ", MetastockColumn.NamesOf(entry.Fields))}"));
        }
    }

    private static IEnumerable<MetastockFault> Symbols(MetastockFolder folder)
    {
        foreach (var entry in folder.Instruments.Where(entry => entry.Symbol.Length == 0))
        {
            yield return new MetastockFault(entry.DataFileName, 0, "the index has no symbol for it");
        }

        foreach (var same in folder.Instruments.Where(entry => entry.Symbol.Length > 0).GroupBy(entry => (entry.Symbol, entry.Period)))
        {
            foreach (var entry in same.Skip(1))
            {
                yield return new MetastockFault(entry.DataFileName, 0, $"the symbol {entry.Symbol} is also that of {same.First().DataFileName}");
            }
        }
    }

    /// <summary>Data files no index speaks of.</summary>
    private static IEnumerable<MetastockFault> NotListed(string path, MetastockFolder folder)
    {
        var listed = folder.Instruments.Select(entry => entry.DataFileName).ToHashSet();
        return Directory.EnumerateFiles(path)
            .Select(file => Path.GetFileName(file).ToUpperInvariant())
            .Where(name => !listed.Contains(name) && IsDataFile(name))
            .Order(StringComparer.Ordinal)
            .Select(name => new MetastockFault(name, 0, "is in no index"));
    }

    private static bool IsDataFile(string name) =>
        name is ['F', .. var number, '.', _, _, _] && number.Length > 0 && number.All(char.IsAsciiDigit)
        && (name.EndsWith(".DAT", StringComparison.Ordinal) || name.EndsWith(".MWD", StringComparison.Ordinal));
}
