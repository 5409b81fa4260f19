namespace MaoTrade.Market.Models;

/// <summary>
/// Trees whose leaves are added up as their library does it, in the same order and precision. Immutable; no allocation.
/// </summary>
public sealed class TreeEnsemble
{
    private readonly TreeNode[] _nodes;
    private readonly double[] _values;
    private readonly int[] _roots;

    internal TreeEnsemble(EnsembleHeader header, TreeNode[] nodes, double[] values, int[] roots)
    {
        Header = header;
        _nodes = nodes;
        _values = values;
        _roots = roots;
    }

    public EnsembleHeader Header { get; }

    /// <summary>What the library predicts.</summary>
    /// <param name="features">Standardised features; NaN = missing, which only XGBoost's trees know.</param>
    public double Predict(ReadOnlySpan<float> features) => Header.Kind switch
    {
        EnsembleKind.RandomForest => Sum(features, 0) / _roots.Length,
        EnsembleKind.GradientBoosting => Sum(features, Header.Base),
        _ => SumSingle(features),
    };

    private double Sum(ReadOnlySpan<float> features, double sum)
    {
        foreach (var root in _roots)
        {
            sum += _values[Leaf(root, features)];
        }

        return sum;
    }

    /// <summary>XGBoost adds in float32.</summary>
    private float SumSingle(ReadOnlySpan<float> features)
    {
        var sum = (float)Header.Base;
        foreach (var root in _roots)
        {
            sum += (float)_values[Leaf(root, features)];
        }

        return sum;
    }

    private int Leaf(int at, ReadOnlySpan<float> features)
    {
        var nodes = _nodes;
        while (true)
        {
            ref readonly var node = ref nodes[at];
            if (node.Feature < 0)
            {
                return node.Next;
            }

            var feature = features[node.Feature];
            at = feature <= node.Threshold || (node.MissingLeft && float.IsNaN(feature)) ? at + 1 : node.Next;
        }
    }
}
