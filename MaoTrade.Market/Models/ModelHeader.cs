namespace MaoTrade.Market.Models;

/// <summary>All a model file says beside its trees.</summary>
public sealed record ModelHeader
{
    /// <summary>Name of the model, <c>[A-Za-z0-9._-]{1,64}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its maker's name of this version, <c>[A-Za-z0-9._-]{1,64}</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Hex digest of the feature names in their order, each ended by a line feed.</summary>
    public required string FeaturesSha256 { get; init; }

    public required IReadOnlyList<ModelFeature> Features { get; init; }

    public required IReadOnlyList<EnsembleHeader> Ensembles { get; init; }

    public required ModelTraining Training { get; init; }
}
