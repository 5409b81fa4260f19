namespace MaoApi.Data.History;

/// <summary>A piece of a model's file (<c>mao_model_parts</c>): every gateway can serve it, none holds it whole.</summary>
internal sealed class ModelPart
{
    /// <summary>Bytes of a piece; the last one may be shorter.</summary>
    public const int SizeBytes = 256 * 1024;

    public int ModelKey { get; set; }

    /// <summary>From 0.</summary>
    public int Number { get; set; }

    public required byte[] Content { get; set; }
}
