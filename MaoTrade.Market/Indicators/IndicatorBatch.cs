namespace MaoTrade.Market.Indicators;

/// <summary>Whole series at once, with the same bits as value by value; the indicator goes on from where it is.</summary>
public static class IndicatorBatch
{
    /// <summary>Takes values and writes the result after each.</summary>
    /// <param name="indicator">It may have taken values before.</param>
    /// <param name="values">First to last.</param>
    /// <param name="results">Room for as many numbers as there are values.</param>
    public static void Add(this IValueIndicator indicator, ReadOnlySpan<double> values, Span<double> results)
    {
        for (var i = 0; i < values.Length; i++)
        {
            indicator.Add(values[i]);
            results[i] = indicator.Value;
        }
    }

    /// <summary>Takes candles and writes the results after each, one row after the other.</summary>
    /// <param name="indicator">It may have taken candles before.</param>
    /// <param name="bars">First to last.</param>
    /// <param name="results">Room for <see cref="IBarIndicator.ResultCount"/> numbers for each candle.</param>
    public static void Add(this IBarIndicator indicator, ReadOnlySpan<Bar> bars, Span<double> results)
    {
        var count = indicator.ResultCount;
        for (var i = 0; i < bars.Length; i++)
        {
            indicator.Add(bars[i]);
            indicator.CopyTo(results.Slice(i * count, count));
        }
    }
}
