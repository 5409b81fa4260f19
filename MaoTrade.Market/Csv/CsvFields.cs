namespace MaoTrade.Market.Csv;

/// <summary>Divides a line into fields. A field in quotes may hold the separator; its quotes are left out.</summary>
internal static class CsvFields
{
    /// <summary>Most fields a line may have.</summary>
    public const int Max = 64;

    /// <summary>Number of fields; 0 when a quote is not closed, and then the first range is the field it opens.</summary>
    public static int Split(ReadOnlySpan<char> line, char separator, Span<Range> fields) =>
        line.Contains('"') ? SplitQuoted(line, separator, fields) : line.Split(fields, separator);

    private static int SplitQuoted(ReadOnlySpan<char> line, char separator, Span<Range> fields)
    {
        var count = 0;
        var at = 0;
        while (count < fields.Length)
        {
            var start = at + line[at..].IndexOfAnyExcept(' ') is var first && first >= at ? first : line.Length;
            int end;
            if (start < line.Length && line[start] == '"')
            {
                end = ClosingQuote(line, start + 1);
                if (end < 0)
                {
                    fields[0] = start..line.Length;
                    return 0;
                }

                fields[count++] = (start + 1)..end;
                end++;
            }
            else
            {
                end = start;
                fields[count++] = at..Next(line, end, separator);
            }

            end = Next(line, end, separator);
            if (end == line.Length)
            {
                return count;
            }

            at = end + 1;
        }

        return count;
    }

    /// <summary>Two quotes in a row are one of the text.</summary>
    private static int ClosingQuote(ReadOnlySpan<char> line, int from)
    {
        for (var at = from; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                if (at + 1 == line.Length || line[at + 1] != '"')
                {
                    return at;
                }

                at++;
            }
        }

        return -1;
    }

    private static int Next(ReadOnlySpan<char> line, int from, char separator) =>
        line[from..].IndexOf(separator) is var at and >= 0 ? from + at : line.Length;
}
