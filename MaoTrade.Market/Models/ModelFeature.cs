namespace MaoTrade.Market.Models;

/// <summary>One feature as the training saw it.</summary>
public sealed record ModelFeature
{
    public required string Name { get; init; }

    /// <summary>Mean of the training rows.</summary>
    public required double Mean { get; init; }

    /// <summary>Population deviation of the training rows; 0 where the feature never changed.</summary>
    public required double Deviation { get; init; }

    /// <summary>Its weight in the decisions, 0 to 1; of all features 1.</summary>
    public required double Importance { get; init; }

    /// <summary>Ascending edges of the bins that drift is measured with: deciles of the training rows.</summary>
    public required IReadOnlyList<double> Edges { get; init; }

    /// <summary>Shares of the training rows in the bins, one more than edges; a value is in the bin of the number of edges ≤ it.</summary>
    public required IReadOnlyList<double> Shares { get; init; }
}
