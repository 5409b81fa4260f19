namespace MaoTrade.Market.Metastock;

/// <summary>
/// Files on their way into a folder: written and brought to the disk in a folder of their own inside it, then renamed one
/// by one. What is not committed is thrown away, also what a killed writer left.
/// </summary>
internal sealed class MetastockStaging : IDisposable
{
    private const string Name = ".metastock-writing";

    private readonly string _folder;
    private readonly string _staging;
    private readonly FileStream _lock;
    private readonly List<string> _names = [];
    private readonly List<string> _gone = [];

    public MetastockStaging(string folder)
    {
        _folder = folder;
        _staging = Path.Combine(folder, Name);
        Directory.CreateDirectory(_staging);
        _lock = new FileStream(Path.Combine(_staging, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public void Add(string name, Action<Stream> write)
    {
        using var file = new FileStream(Path.Combine(_staging, name), FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024);
        write(file);
        file.Flush(flushToDisk: true);
        _names.Add(name);
    }

    /// <summary>A file of this name that is in the folder goes when <paramref name="content"/> is null.</summary>
    public void Add(string name, byte[]? content)
    {
        if (content is null)
        {
            _gone.Add(name);
        }
        else
        {
            Add(name, file => file.Write(content));
        }
    }

    /// <summary>Puts the files in place in the order they were added. A file of the same name in other letters makes way.</summary>
    public void Commit()
    {
        var present = Directory.EnumerateFiles(_folder).ToLookup(file => Path.GetFileName(file), StringComparer.OrdinalIgnoreCase);
        foreach (var name in _names)
        {
            File.Move(Path.Combine(_staging, name), Path.Combine(_folder, name), overwrite: true);
            DeleteAll(present[name].Where(file => Path.GetFileName(file) != name));
        }

        DeleteAll(_gone.SelectMany(name => present[name]));
    }

    public void Dispose()
    {
        _lock.Dispose();
        Directory.Delete(_staging, recursive: true);
    }

    private static void DeleteAll(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            File.Delete(file);
        }
    }
}
