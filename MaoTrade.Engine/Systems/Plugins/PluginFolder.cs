using System.Security.Cryptography;

namespace MaoTrade.Engine.Systems.Plugins;

/// <summary>
/// The account's plug-in folder. What is loaded is listed by name and digest; a file that is missing, differs, does not
/// load or takes a name that is taken is left out and reported, and the others load.
/// </summary>
public sealed class PluginFolder(string folder)
{
    /// <summary>Largest file.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    private static readonly TimeSpan LoadDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Loads the listed files.</summary>
    public async Task<PluginSet> LoadAsync(IReadOnlyList<PluginEntry> entries, CancellationToken cancellationToken)
    {
        var catalog = SystemCatalog.BuiltIn;
        var assemblies = new List<PluginAssembly>();
        var faults = new List<string>();
        foreach (var entry in entries)
        {
            try
            {
                // Code of the plug-in's author runs while it is loaded: not here, and not without an end.
                (catalog, var assembly) = await Task.Run(() => Add(entry, assemblies), cancellationToken).WaitAsync(LoadDeadline, cancellationToken);
                assemblies.Add(assembly);
            }
            catch (PluginException exception)
            {
                faults.Add(exception.Message);
            }
            catch (TimeoutException)
            {
                faults.Add($"plug-in {entry.File}: it did not load within {LoadDeadline.TotalSeconds} s");
            }
        }

        return new PluginSet(catalog, assemblies, faults);
    }

    /// <summary>What tells that a listed file is another one now, without reading it.</summary>
    public string Fingerprint(IReadOnlyList<PluginEntry> entries) => string.Join('\n', entries.Select(entry =>
    {
        var file = IsName(entry.File) ? new FileInfo(Path.Combine(folder, entry.File)) : null;
        return file is { Exists: true }
            ? $"{entry.File} {entry.Sha256} {file.Length} {file.LastWriteTimeUtc.Ticks}"
            : $"{entry.File} {entry.Sha256}";
    }));

    private static bool IsName(string file) => file.Length is > 0 and <= 255 && file == Path.GetFileName(file) && file is not ("." or "..");

    private (SystemCatalog Catalog, PluginAssembly Assembly) Add(PluginEntry entry, IReadOnlyList<PluginAssembly> before)
    {
        var assembly = PluginAssembly.Load(entry.File, Read(entry));
        try
        {
            return (SystemCatalog.With(before.Append(assembly).SelectMany(loaded => loaded.Systems)), assembly);
        }
#pragma warning disable CA1031 // Whatever an author's code throws must stop with its own assembly.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            assembly.Unload();
            var names = assembly.Systems.Select(make => make().Name);
            throw new PluginException(entry.File, $"its systems ({string.Join(", ", names)}) cannot be taken: {exception.Message}");
        }
    }

    private byte[] Read(PluginEntry entry)
    {
        if (!IsName(entry.File))
        {
            throw new PluginException(entry.File, "the name of a file is expected, without a folder");
        }

        var file = new FileInfo(Path.Combine(folder, entry.File));
        if (!file.Exists)
        {
            throw new PluginException(entry.File, $"there is no such file in {folder}");
        }

        if (file.Length > MostBytes)
        {
            throw new PluginException(entry.File, $"it has {file.Length} bytes, at most {MostBytes} are taken");
        }

        try
        {
            var content = File.ReadAllBytes(file.FullName);
            var digest = Convert.ToHexStringLower(SHA256.HashData(content));
            return digest.Equals(entry.Sha256, StringComparison.OrdinalIgnoreCase)
                ? content
                : throw new PluginException(entry.File, $"its SHA-256 is {digest}, {entry.Sha256} is expected");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PluginException(entry.File, $"it cannot be read: {exception.Message}");
        }
    }
}
