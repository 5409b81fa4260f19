using System.Text.Json;

namespace MaoTrade.Market.Models;

/// <summary>What the header says of one ensemble; its trees follow the header in the same order.</summary>
public sealed record EnsembleHeader
{
    /// <summary>Each kind stands at most once.</summary>
    public required EnsembleKind Kind { get; init; }

    /// <summary>Its part of the prediction; those of all ensembles add up to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>What the sum of the leaves is added to; 0 for a forest.</summary>
    public required double Base { get; init; }

    /// <summary>Number of trees, 1 to <see cref="ModelLimits.MostTrees"/>.</summary>
    public required int Trees { get; init; }

    /// <summary>Nodes of all its trees, leaves included.</summary>
    public required int Nodes { get; init; }

    /// <summary>The longest way from a root to a leaf, in splits, at most <see cref="ModelLimits.MostDepth"/>.</summary>
    public required int Depth { get; init; }

    /// <summary>Name and version of the library that made it.</summary>
    public required string Library { get; init; }

    /// <summary>Hyperparameters, an object.</summary>
    public required JsonElement Parameters { get; init; }
}
