using System.Numerics;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// Where each column stands in a row, counted in numbers of four bytes; -1 where the file has no such column. The order is
/// always date, time, open, high, low, close, volume, open interest, absent ones left out.
/// </summary>
internal readonly record struct MetastockLayout(
    int Columns, int Time, int Open, int High, int Low, int Close, int Volume, int OpenInterest)
{
    private const MetastockFields Needed = MetastockFields.Date | MetastockFields.High | MetastockFields.Low | MetastockFields.Close;

    public int RowBytes => 4 * Columns;

    /// <summary>Whether rows of these columns can be read: a date and three prices at least.</summary>
    public static bool IsReadable(MetastockFields fields) => (fields & Needed) == Needed;

    public static MetastockLayout Of(MetastockFields fields)
    {
        if (!IsReadable(fields))
        {
            throw new ArgumentException($"A file of the columns {fields} has no date, high, low or close.", nameof(fields));
        }

        var next = 1;
        int Place(MetastockFields field) => fields.HasFlag(field) ? next++ : -1;
        return new MetastockLayout(
            BitOperations.PopCount((uint)fields),
            Place(MetastockFields.Time), Place(MetastockFields.Open), Place(MetastockFields.High), Place(MetastockFields.Low),
            Place(MetastockFields.Close), Place(MetastockFields.Volume), Place(MetastockFields.OpenInterest));
    }

    /// <summary>The columns where no bit set says them: by count and period.</summary>
    public static MetastockFields FieldsOf(int count, char period)
    {
        const MetastockFields Six = Needed | MetastockFields.Volume | MetastockFields.Open;
        return (count, period) switch
        {
            (4, _) => Needed,
            (5, _) => Needed | MetastockFields.Volume,
            (6, _) => Six,
            (7, 'I') => Six | MetastockFields.Time,
            (7, _) => Six | MetastockFields.OpenInterest,
            (8, 'I') => Six | MetastockFields.Time | MetastockFields.OpenInterest,
            _ => MetastockFields.None,
        };
    }
}
