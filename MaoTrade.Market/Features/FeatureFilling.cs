using MaoTrade.Market.Indicators;

namespace MaoTrade.Market.Features;

/// <summary>
/// Puts a number where a feature has none: the last one it had, 0 before it had any. Not finite counts as none. Rows are given
/// in the order of their bars, none left out.
/// </summary>
public sealed class FeatureFilling : IRunningValues
{
    private readonly double[] _last = new double[FeatureNames.Count];

    public int SlotCount => FeatureNames.Count;

    /// <summary>Fills a row in its place.</summary>
    /// <param name="row">One number per feature.</param>
    public void Fill(Span<double> row)
    {
        Fill(row, _last);
        row[..FeatureNames.Count].CopyTo(_last);
    }

    /// <summary>Fills a row in its place from the filled row before it.</summary>
    /// <param name="row">One number per feature.</param>
    /// <param name="previous">One finite number per feature; zeros before the first row.</param>
    public static void Fill(Span<double> row, ReadOnlySpan<double> previous)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = double.IsFinite(row[i]) ? row[i] : previous[i];
        }
    }

    public void Save(Span<double> slots) => _last.CopyTo(slots);

    public void Load(ReadOnlySpan<double> slots) => slots[.._last.Length].CopyTo(_last);
}
