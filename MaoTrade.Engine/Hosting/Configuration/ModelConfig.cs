namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>A file with a trained model.</summary>
public sealed record ModelConfig
{
    /// <summary>Name of the file in the account's folder <c>models/</c>, without a path; null = the digest with <c>.maomodel</c>, as downloads are named.</summary>
    public string? File { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal; another file of that name is not loaded.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name of the model it must hold; null = any.</summary>
    public string? Name { get; init; }
}
