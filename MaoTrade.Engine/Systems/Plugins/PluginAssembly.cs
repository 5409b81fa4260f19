using System.Reflection;

namespace MaoTrade.Engine.Systems.Plugins;

/// <summary>An assembly with trading systems, in a load context of its own that can be unloaded.</summary>
public sealed class PluginAssembly
{
    private readonly PluginLoadContext _context;

    private PluginAssembly(string file, PluginLoadContext context, IReadOnlyList<Func<TradingSystem>> systems)
    {
        File = file;
        _context = context;
        Systems = systems;
    }

    /// <summary>Name of the file.</summary>
    public string File { get; }

    /// <summary>Makes its systems: one maker for every public type that derives from <see cref="TradingSystem"/>.</summary>
    public IReadOnlyList<Func<TradingSystem>> Systems { get; }

    /// <summary>Loads a file; the file itself stays free to be replaced.</summary>
    /// <exception cref="PluginException">It cannot be read, is no assembly, or holds no system that can be made.</exception>
    public static PluginAssembly Load(string path)
    {
        try
        {
            return Load(Path.GetFileName(path), System.IO.File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PluginException(Path.GetFileName(path), $"it cannot be read: {exception.Message}");
        }
    }

    /// <summary>Loads what a file holds.</summary>
    /// <exception cref="PluginException">It is no assembly, or holds no system that can be made.</exception>
    public static PluginAssembly Load(string file, byte[] content)
    {
        var context = new PluginLoadContext(file);
        try
        {
            var assembly = context.LoadFromStream(new MemoryStream(content));
            var types = assembly.GetExportedTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(TradingSystem).IsAssignableFrom(type))
                .ToArray();
            return types.Length > 0
                ? new PluginAssembly(file, context, [.. types.Select(Maker)])
                : throw new PluginException(file, "it holds no public class that derives from TradingSystem");
        }
        catch (PluginException)
        {
            context.Unload();
            throw;
        }
#pragma warning disable CA1031 // Whatever is wrong with somebody's assembly must stop with that assembly.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            context.Unload();
            throw new PluginException(file, $"it does not load: {(exception as TargetInvocationException)?.InnerException?.Message ?? exception.Message}");
        }
    }

    /// <summary>Lets the assembly go; it is gone when the last of its systems is.</summary>
    public void Unload() => _context.Unload();

    /// <summary>Made once at once, so that what cannot be made is known now.</summary>
    private static Func<TradingSystem> Maker(Type type)
    {
        var constructor = type.GetConstructor(Type.EmptyTypes)
            ?? throw new InvalidOperationException($"{type.Name} has no public constructor without arguments");
        _ = Make();
        return Make;

        TradingSystem Make() => (TradingSystem)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null)!;
    }
}
