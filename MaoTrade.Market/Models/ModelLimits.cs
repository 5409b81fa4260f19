namespace MaoTrade.Market.Models;

/// <summary>
/// Bounds of a model file, checked before anything is reserved for it. The ensembles of the product (100 trees each, depths 10, 6, 6)
/// have at most 230,000 nodes of 10 bytes.
/// </summary>
public static class ModelLimits
{
    /// <summary>Bytes of a file.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of the header.</summary>
    public const int MostHeaderBytes = 256 * 1024;

    /// <summary>Trees of an ensemble.</summary>
    public const int MostTrees = 1_000;

    /// <summary>Nodes of all ensembles.</summary>
    public const int MostNodes = 1_000_000;

    /// <summary>Splits between a root and a leaf.</summary>
    public const int MostDepth = 24;

    /// <summary>Characters of a name and of a version.</summary>
    public const int MostNameCharacters = 64;
}
