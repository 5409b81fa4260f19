namespace MaoTrade.Market.Models;

/// <summary>
/// How far recent features have moved from those of the training: the population stability index, for each feature over the bins of
/// its training deciles Σ (recent − training) · ln(recent / training), a share counting at least 0.0001. By the common rule of thumb
/// below 0.1 nothing moved, above 0.25 the model should be made anew. (Siddiqi, Credit Risk Scorecards, 2006)
/// </summary>
public sealed class Drift
{
    private const double LeastShare = 1e-4;

    private readonly ModelHeader _header;
    private readonly int[][] _counts;

    public Drift(ModelHeader header)
    {
        _header = header;
        _counts = [.. header.Features.Select(feature => new int[feature.Shares.Count])];
    }

    /// <summary>Bars counted so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Takes the features of one bar, not standardised.</summary>
    public void Add(ReadOnlySpan<double> features)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i][BinOf(features[i], _header.Features[i].Edges)]++;
        }

        Rows++;
    }

    /// <summary>The index of a feature; NaN before any bar.</summary>
    public double Of(int feature)
    {
        double index = 0;
        for (var bin = 0; bin < _counts[feature].Length; bin++)
        {
            var recent = Math.Max((double)_counts[feature][bin] / Rows, LeastShare);
            var training = Math.Max(_header.Features[feature].Shares[bin], LeastShare);
            index += (recent - training) * Math.Log(recent / training);
        }

        return Rows == 0 ? double.NaN : index;
    }

    /// <summary>The mean of all features; NaN before any bar.</summary>
    public double Mean => Enumerable.Range(0, _counts.Length).Average(Of);

    private static int BinOf(double value, IReadOnlyList<double> edges)
    {
        var bin = 0;
        while (bin < edges.Count && edges[bin] <= value)
        {
            bin++;
        }

        return bin;
    }
}
