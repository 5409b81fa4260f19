namespace MaoTrade.Engine.Systems.Plugins;

/// <summary>What came of loading plug-ins.</summary>
/// <param name="Catalog">The built-in systems and those that could be loaded.</param>
/// <param name="Assemblies">The assemblies they are in.</param>
/// <param name="Faults">Which files could not be used, and why.</param>
public sealed record PluginSet(SystemCatalog Catalog, IReadOnlyList<PluginAssembly> Assemblies, IReadOnlyList<string> Faults)
{
    /// <summary>The built-in systems alone.</summary>
    public static PluginSet None { get; } = new(SystemCatalog.BuiltIn, [], []);
}
