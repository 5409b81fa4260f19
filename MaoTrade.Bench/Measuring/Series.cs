namespace MaoTrade.Bench.Measuring;

/// <summary>One value per round.</summary>
internal sealed class Series
{
    private readonly double[] _sorted;

    public Series(IEnumerable<double> values)
    {
        _sorted = [.. values.Order()];
        if (_sorted.Length == 0)
        {
            throw new ArgumentException("There is no median of nothing.", nameof(values));
        }
    }

    public double Min => _sorted[0];

    public double Max => _sorted[^1];

    /// <summary>The middle value; of an even number of values the mean of the two in the middle.</summary>
    public double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>Median and range in a format of numbers.</summary>
    public string Format(string format) => $"{Median.ToString(format)} ({Min.ToString(format)}–{Max.ToString(format)})";
}
