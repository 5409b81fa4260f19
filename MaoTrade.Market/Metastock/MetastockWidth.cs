namespace MaoTrade.Market.Metastock;

/// <summary>Guesses how many columns a file has whose rows have no dates with those of the index.</summary>
internal static class MetastockWidth
{
    /// <summary>Bytes of a file's beginning that are enough to tell.</summary>
    public const int SampleBytes = 32 * 8;

    /// <summary>Columns of which the sample's rows have dates; null when there are none.</summary>
    /// <param name="rows">The first rows, read with the given columns: the header before them was as long as a row.</param>
    /// <param name="columns">Columns by the index.</param>
    public static int? Guess(ReadOnlySpan<byte> rows, int columns)
    {
        for (var other = 4; other <= 8; other++)
        {
            // The first row begins where a header of the other length ends.
            var at = 4 * (other - columns);
            if (other != columns && AllDates(rows, at < 0 ? at + (4 * other) : at, 4 * other))
            {
                return other;
            }
        }

        return null;
    }

    private static bool AllDates(ReadOnlySpan<byte> rows, int first, int rowBytes)
    {
        var found = 0;
        for (var at = first; at + rowBytes <= rows.Length; at += rowBytes, found++)
        {
            if (!MetastockDate.TryParse(MbfSingle.Read(rows[at..]), out _))
            {
                return false;
            }
        }

        return found > 0;
    }
}
