using MaoApi.Data.Entities;

namespace MaoApi.Data.History;

/// <summary>One version of a trained model: how it was made and which file it is (<c>mao_models</c>).</summary>
internal sealed class ModelVersion : IVersioned
{
    public int Id { get; set; }

    public required string Name { get; set; }

    /// <summary>The maker's name of the version, unique for the model.</summary>
    public required string ModelVersionId { get; set; }

    /// <summary>What the file was called when it was taken in.</summary>
    public required string File { get; set; }

    /// <summary>Hex digest of the file.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Size of the file; 0 where it is not in the database.</summary>
    public int SizeBytes { get; set; }

    /// <summary>Ticker it was trained on; null where that was not said.</summary>
    public string? Symbol { get; set; }

    /// <summary>Length of a bar, seconds.</summary>
    public int TimeFrameSeconds { get; set; }

    /// <summary>Hex digest of the names of the features, in their order.</summary>
    public required string FeaturesHash { get; set; }

    /// <summary>A JSON object.</summary>
    public string Hyperparameters { get; set; } = "{}";

    public long Seed { get; set; }

    /// <summary>Rows it was trained on.</summary>
    public int Rows { get; set; }

    /// <summary>Unix seconds of the first bar it was trained on.</summary>
    public long FromFrame { get; set; }

    /// <summary>Unix seconds of the last bar it was trained on.</summary>
    public long ToFrame { get; set; }

    /// <summary>Whether engines use it whose account has no choice of its own; one version of a model at most.</summary>
    public bool IsActive { get; set; }

    public DateTimeOffset Created { get; set; }

    public long Version { get; set; }

    public List<ModelPerformance> Performance { get; } = [];

    public List<ModelPart> Parts { get; } = [];

    /// <summary>The accounts that use it by their own choice.</summary>
    public List<ModelActivation> Activations { get; } = [];
}
