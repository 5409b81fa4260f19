namespace MaoTrade.Engine.Systems.Plugins;

/// <summary>A file cannot be used as a plug-in; the message says which and why.</summary>
public sealed class PluginException(string file, string reason) : Exception($"plug-in {file}: {reason}");
