namespace MaoTrade.Market.Csv;

/// <summary>
/// Reads frames from CSV text line by line; a faulty line is reported with its number and column and does not stop the
/// rest. Found out by itself: the separator (comma, semicolon, tab, pipe), decimal comma or point, the order of dates,
/// whether there is a header, and whether the newest line comes first. A date without time is 00:00 UTC, times without an
/// offset are UTC.
/// </summary>
public static class CsvFrameReader
{
    // Lines that are looked at before the first one is read.
    private const int SampleLines = 500;

    // Lines of a file that goes back in time are kept to turn them round.
    private const int MaxKeptLines = 1_000_000;

    /// <summary>
    /// Frames in the order of time: a line that is not after the one before it is faulty. <paramref name="dates"/> says the
    /// order of dates where it cannot be seen (all of 01/02/2026, 02/02/2026).
    /// </summary>
    public static IEnumerable<CsvRow> Read(TextReader reader, CsvDateOrder? dates = null)
    {
        var lines = Numbered(reader).GetEnumerator();
        using (lines)
        {
            if (!lines.MoveNext())
            {
                yield break;
            }

            var first = lines.Current;
            var isHeader = true;
            var error = "the line is too long";
            var found = first.Text is null ? null : CsvDialect.Sniff(first.Text, out isHeader, out error);
            if (found is not var (columns, separator))
            {
                yield return new CsvRow(first.Number, null, error);
                yield break;
            }

            var sample = isHeader ? [] : new List<(int Number, string? Text)> { first };
            while (sample.Count < SampleLines && lines.MoveNext())
            {
                sample.Add(lines.Current);
            }

            if (CsvDialect.Sniff(columns, separator, sample.Select(line => line.Text), dates) is not { } dialect)
            {
                yield return new CsvRow(first.Number, null, "the dates can be day/month as well as month/day: their order must be given");
                yield break;
            }

            var parser = new CsvLineParser(dialect);
            if (dialect.NewestFirst)
            {
                foreach (var row in TurnedRound(parser, sample, lines))
                {
                    yield return row;
                }

                yield break;
            }

            foreach (var line in sample)
            {
                yield return parser.Parse(line.Text, line.Number);
            }

            while (lines.MoveNext())
            {
                yield return parser.Parse(lines.Current.Text, lines.Current.Number);
            }
        }
    }

    /// <summary>
    /// Reads a file, whichever of UTF-8 and UTF-16 it is in. It stays open until the last row was taken.
    /// </summary>
    public static IEnumerable<CsvRow> ReadFile(string path, CsvDateOrder? dates = null)
    {
        using var reader = CsvText.Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024));
        foreach (var row in Read(reader, dates))
        {
            yield return row;
        }
    }

    private static IEnumerable<(int Number, string? Text)> Numbered(TextReader reader)
    {
        var number = 0;
        foreach (var line in BoundedLines.Read(reader))
        {
            number++;
            var text = number == 1 ? line?.TrimStart('\uFEFF') : line;
            if (text is not { Length: 0 })
            {
                yield return (number, text);
            }
        }
    }

    private static List<CsvRow> TurnedRound(
        CsvLineParser parser, List<(int Number, string? Text)> sample, IEnumerator<(int Number, string? Text)> lines)
    {
        var kept = sample.ConvertAll(line => parser.Parse(line.Text, line.Number));
        while (lines.MoveNext())
        {
            if (kept.Count == MaxKeptLines)
            {
                kept.Add(new CsvRow(lines.Current.Number, null, $"of a file with the newest line first {MaxKeptLines} lines are read at most"));
                break;
            }

            kept.Add(parser.Parse(lines.Current.Text, lines.Current.Number));
        }

        kept.Reverse();
        return kept;
    }
}
