namespace MaoTrade.Engine.Testing.Reports;

/// <summary>Bars put together to the columns of a chart.</summary>
internal static class ChartColumns
{
    /// <summary>First bar and number of bars of each column.</summary>
    public static IEnumerable<(int First, int Count)> Of(int bars)
    {
        var columns = Math.Min(bars, ChartArea.Columns);
        for (var i = 0; i < columns; i++)
        {
            var first = (int)((long)i * bars / columns);
            yield return (first, (int)((long)(i + 1) * bars / columns) - first);
        }
    }

    /// <summary>Of each column its lowest and highest value in the order they come, so that no peak is lost.</summary>
    public static IEnumerable<(double Bar, double Value)> Extremes(IReadOnlyList<double> values)
    {
        foreach (var (first, count) in Of(values.Count))
        {
            var (low, high) = (first, first);
            for (var i = first; i < first + count; i++)
            {
                low = values[i] < values[low] ? i : low;
                high = values[i] > values[high] ? i : high;
            }

            yield return (Math.Min(low, high), values[Math.Min(low, high)]);
            if (low != high)
            {
                yield return (Math.Max(low, high), values[Math.Max(low, high)]);
            }
        }
    }
}
