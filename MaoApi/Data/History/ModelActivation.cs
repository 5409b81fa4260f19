namespace MaoApi.Data.History;

/// <summary>The version of a model that one account uses, in place of the one all use (<c>mao_model_activations</c>).</summary>
internal sealed class ModelActivation
{
    public required string AccountId { get; set; }

    /// <summary>Name of the model.</summary>
    public required string Name { get; set; }

    public int ModelKey { get; set; }

    public ModelVersion? Model { get; set; }
}
