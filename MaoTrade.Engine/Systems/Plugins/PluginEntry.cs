namespace MaoTrade.Engine.Systems.Plugins;

/// <summary>A plug-in that is wanted.</summary>
/// <param name="File">Name of a file in the plug-in folder.</param>
/// <param name="Sha256">Digest the file must have, hexadecimal.</param>
public sealed record PluginEntry(string File, string Sha256);
