namespace MaoTrade.Market.Csv;

/// <summary>How a file is written, found out from its first lines.</summary>
/// <param name="Columns">What stands where.</param>
/// <param name="Separator">Comma, semicolon, tab or pipe.</param>
/// <param name="DecimalComma">Whether numbers have a decimal comma.</param>
/// <param name="Dates">Order of the parts of a date.</param>
/// <param name="NewestFirst">Whether the lines go back in time.</param>
internal sealed record CsvDialect(CsvColumns Columns, char Separator, bool DecimalComma, CsvDateOrder Dates, bool NewestFirst)
{
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>Columns and separator by the first line; <paramref name="isHeader"/> is false when it holds prices already.</summary>
    public static (CsvColumns Columns, char Separator)? Sniff(string first, out bool isHeader, out string error)
    {
        error = "";
        isHeader = true;
        var most = -1;
        foreach (var separator in Separators)
        {
            var fields = Fields(first, separator);
            if (CsvColumns.Parse(fields, out var lacks) is { } columns)
            {
                return (columns, separator);
            }

            if (fields.Length > most)
            {
                (most, error) = (fields.Length, lacks);
            }
        }

        isHeader = false;
        foreach (var separator in Separators)
        {
            if (CsvColumns.Guess(Fields(first, separator)) is { } columns)
            {
                return (columns, separator);
            }
        }

        return null;
    }

    /// <summary>The rest by the lines after it; null when the dates can be read in two orders that fit alike.</summary>
    public static CsvDialect? Sniff(CsvColumns columns, char separator, IEnumerable<string?> lines, CsvDateOrder? dates)
    {
        var sample = lines.OfType<string>().Select(line => Fields(line, separator)).Where(fields => fields.Length == columns.Count).ToList();
        var times = CsvTimeline.Sniff(columns, sample, dates);
        return times is null ? null : new CsvDialect(columns, separator, SniffDecimalComma(columns, separator, sample), times.Order, times.NewestFirst);
    }

    private static bool SniffDecimalComma(CsvColumns columns, char separator, List<string[]> sample)
    {
        var numbers = columns.Prices.Concat(columns.Bid).Concat(columns.Ask).Append(columns.Volume).Where(at => at >= 0).ToList();
        var (votes, unclear) = (0, false);
        foreach (var text in sample.SelectMany(fields => numbers.Select(at => fields[at].Trim())))
        {
            votes += CsvNumbers.DecimalComma(text);
            unclear |= text.Contains(',');
        }

        // 1,234 alone: where commas divide the columns they divide thousands, too.
        return votes > 0 || (votes == 0 && unclear && separator != ',');
    }

    private static string[] Fields(string line, char separator)
    {
        Span<Range> ranges = stackalloc Range[CsvFields.Max];
        var fields = new string[CsvFields.Split(line, separator, ranges)];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = line[ranges[i]];
        }

        return fields;
    }
}
