namespace MaoApi.Hosting;

/// <summary>The folder of everything that is kept. Each role holds it once, and the API once for each name: such processes may share it, on one machine.</summary>
internal sealed class DataFolder : IDisposable
{
    private static readonly (GatewayRoles Role, string File)[] Locks =
        [(GatewayRoles.Api, "gateway.lock"), (GatewayRoles.Pod, "pod.lock"), (GatewayRoles.Data, "jobs.lock")];

    private readonly IReadOnlyList<FileStream> _locks;

    private DataFolder(string root, IReadOnlyList<FileStream> locks)
    {
        Root = root;
        _locks = locks;
    }

    public string Root { get; }

    public string Keys => Path.Combine(Root, "keys");

    public string Logs => Path.Combine(Root, "logs");

    public string Paper => Path.Combine(Root, "paper");

    /// <summary>Feeds that come as files.</summary>
    public string Feeds => Path.Combine(Root, "feeds");

    public string Database => Path.Combine(Root, "maohome.db");

    public string HistoryDatabase => Path.Combine(Root, "maodata.db");

    public string LogDatabase => Path.Combine(Root, "logs.db");

    public string FirstRun => Path.Combine(Root, "first-run.json");

    /// <summary>Makes the folder where it is missing and takes the roles' locks, which the system releases however the process ends.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="roles">What this process does.</param>
    /// <param name="instance">Name of this gateway where several serve the API on one folder, such as the old and the new one of an upgrade.</param>
    /// <exception cref="DataFolderLockedException">Another gateway holds one of them.</exception>
    public static DataFolder Open(string path, GatewayRoles roles = GatewayRoles.All, string? instance = null)
    {
        var root = Path.GetFullPath(path);
        PrivateFile.CreateFolder(root);
        var held = new List<FileStream>();
        foreach (var file in Files(roles, instance))
        {
            if (Take(Path.Combine(root, file)) is { } taken)
            {
                held.Add(taken);
                continue;
            }

            held.ForEach(one => one.Dispose());
            throw new DataFolderLockedException(root);
        }

        var folder = new DataFolder(root, held);
        Directory.CreateDirectory(folder.Logs);
        Directory.CreateDirectory(folder.Feeds);
        PrivateFile.CreateFolder(folder.Keys);
        return folder;
    }

    /// <summary>The same folder without its lock, for commands beside a gateway that may hold it. Nothing is made.</summary>
    public static DataFolder Beside(string path) => new(Path.GetFullPath(path), []);

    /// <summary>Whether a process holds all of the roles in a folder.</summary>
    public static bool IsHeld(string path, GatewayRoles roles, string? instance = null)
    {
        foreach (var file in Files(roles, instance))
        {
            var name = Path.Combine(Path.GetFullPath(path), file);
            using var taken = File.Exists(name) ? Take(name) : null;
            if (taken is not null || !File.Exists(name))
            {
                return false;
            }
        }

        return true;
    }

    public string Accounts => Path.Combine(Root, "accounts");

    public string Account(string accountId) => Path.Combine(Accounts, accountId);

    public void Dispose()
    {
        foreach (var held in _locks)
        {
            held.Dispose();
        }
    }

    private static IEnumerable<string> Files(GatewayRoles roles, string? instance) => Locks.Where(each => roles.HasFlag(each.Role))
        .Select(each => each.Role == GatewayRoles.Api && instance is not null ? $"gateway-{instance}.lock" : each.File);

    /// <summary>Null where another process holds it.</summary>
    private static FileStream? Take(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>Two gateways must not share a data folder.</summary>
internal sealed class DataFolderLockedException(string root)
    : Exception($"Another gateway runs on the data folder {root}. Stop it, or choose another folder with --data-dir.");
