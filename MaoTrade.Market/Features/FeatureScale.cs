namespace MaoTrade.Market.Features;

/// <summary>
/// Mean and deviation every feature had in training, and what they make of a row: (value − mean) / deviation, 0 where the
/// deviation is 0. Later data never changes them.
/// </summary>
public sealed class FeatureScale
{
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>Takes what training found.</summary>
    /// <param name="names">Features, each once.</param>
    /// <param name="means">A finite number for each name.</param>
    /// <param name="deviations">A finite number for each name, not negative.</param>
    /// <exception cref="ArgumentException">A name is there twice, or a number is missing or impossible; the message says which.</exception>
    public FeatureScale(IReadOnlyList<string> names, IReadOnlyList<double> means, IReadOnlyList<double> deviations)
    {
        if (means.Count != names.Count || deviations.Count != names.Count)
        {
            throw new ArgumentException($"{names.Count} names have {means.Count} means and {deviations.Count} deviations");
        }

        var seen = new HashSet<string>();
        for (var i = 0; i < names.Count; i++)
        {
            if (!seen.Add(names[i]) || !double.IsFinite(means[i]) || !double.IsFinite(deviations[i]) || deviations[i] < 0)
            {
                throw new ArgumentException(
                    $"{names[i]}: expected once, with a finite mean and a deviation of 0 or more, not {means[i]} and {deviations[i]}");
            }
        }

        Names = [.. names];
        _means = [.. means];
        _deviations = [.. deviations];
    }

    /// <summary>The features, in the order of a row.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Standardises a row; both may be the same memory.</summary>
    /// <param name="row">A number for each name.</param>
    /// <param name="scaled">Room for as many.</param>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    public void Apply(ReadOnlySpan<double> row, Span<double> scaled)
    {
        if (row.Length != _means.Length)
        {
            throw new ArgumentException($"{_means.Length} features are expected, not {row.Length}");
        }

        for (var i = 0; i < row.Length; i++)
        {
            scaled[i] = _deviations[i] == 0 ? 0 : (row[i] - _means[i]) / _deviations[i];
        }
    }
}
