using System.Reflection;
using System.Runtime.Loader;

namespace MaoTrade.Engine.Systems.Plugins;

/// <summary>
/// The place of one plug-in: gone with it. The engine's own assemblies are the host's, everything else comes from the
/// framework; a plug-in is one file and brings no others.
/// </summary>
internal sealed class PluginLoadContext(string name) : AssemblyLoadContext(name, isCollectible: true)
{
    protected override Assembly? Load(AssemblyName assemblyName) =>
        Array.Find(
            [typeof(TradingSystem).Assembly, typeof(Market.Frames.Frame).Assembly],
            shared => shared.GetName().Name == assemblyName.Name);
}
