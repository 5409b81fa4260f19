namespace MaoTrade.Engine.Hosting.Configuration;

/// <summary>An assembly with trading systems.</summary>
public sealed record PluginConfig
{
    /// <summary>Name of the file in the account's plug-in folder, without a path.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal; another file of that name is not loaded.</summary>
    public required string Sha256 { get; init; }
}
