using MaoTrade.Market.Features;

namespace MaoTrade.Market.Models;

/// <summary>
/// A model as its file describes it, checked. Immutable and thread-safe: one instance serves every signal.
/// </summary>
public sealed class TrainedModel
{
    /// <summary>Features at most, so that a row fits on the stack.</summary>
    private const int MostFeatures = 256;

    private readonly TreeEnsemble[] _ensembles;
    private readonly FeatureScale _scale;

    internal TrainedModel(ModelHeader header, TreeEnsemble[] ensembles, string sha256)
    {
        Header = header;
        Sha256 = sha256;
        _ensembles = ensembles;
        _scale = new FeatureScale(
            [.. header.Features.Select(feature => feature.Name)],
            [.. header.Features.Select(feature => feature.Mean)],
            [.. header.Features.Select(feature => feature.Deviation)]);
    }

    public ModelHeader Header { get; }

    /// <summary>Hex digest of the file.</summary>
    public string Sha256 { get; }

    public string Name => Header.Name;

    public string Version => Header.Version;

    public IReadOnlyList<TreeEnsemble> Ensembles => _ensembles;

    /// <summary>
    /// The weighted prediction of the ensembles for one bar, about −1 to 1; NaN where a feature is missing or, standardised, beyond
    /// float32: scikit-learn refuses such rows, and so nobody trades on them. No allocation.
    /// </summary>
    /// <param name="features">Features as they are, in the order of <see cref="ModelHeader.Features"/>.</param>
    /// <exception cref="ArgumentException">It is another number of features.</exception>
    public double Predict(ReadOnlySpan<double> features)
    {
        Span<double> scaled = stackalloc double[MostFeatures];
        Span<float> row = stackalloc float[MostFeatures];
        scaled = scaled[..features.Length];
        row = row[..features.Length];
        _scale.Apply(features, scaled);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = (float)scaled[i];
            if (!float.IsFinite(row[i]))
            {
                return double.NaN;
            }
        }

        double sum = 0;
        foreach (var ensemble in _ensembles)
        {
            sum += ensemble.Header.Weight * ensemble.Predict(row);
        }

        return sum;
    }
}
