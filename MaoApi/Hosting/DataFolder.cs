namespace MaoApi.Hosting;

/// <summary>The folder of everything that is kept, held by one gateway at a time, or by one process for each of its roles.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly IReadOnlyList<FileStream> _locks;

    private DataFolder(string root, IReadOnlyList<FileStream> held)
    {
        Root = root;
        _locks = held;
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

    /// <summary>
    /// Makes the folder where it is missing and takes its lock for each role, which the system releases however the process ends: the roles
    /// of one installation may be processes of their own, but none of them is played twice.
    /// </summary>
    /// <exception cref="DataFolderLockedException">Another gateway holds it.</exception>
    public static DataFolder Open(string path, GatewayRoles roles = GatewayRoles.All)
    {
        var root = Path.GetFullPath(path);
        PrivateFile.CreateFolder(root);
        var held = new List<FileStream>();
        try
        {
            foreach (var role in (GatewayRoles[])[GatewayRoles.Api, GatewayRoles.Pod, GatewayRoles.Data])
            {
                if (roles.HasFlag(role))
                {
                    var file = Path.Combine(root, $"{role.ToString().ToLowerInvariant()}.lock");
                    held.Add(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                }
            }
        }
        catch (IOException)
        {
            held.ForEach(file => file.Dispose());
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

    public string Accounts => Path.Combine(Root, "accounts");

    public string Account(string accountId) => Path.Combine(Accounts, accountId);

    public void Dispose()
    {
        foreach (var file in _locks)
        {
            file.Dispose();
        }
    }
}

/// <summary>Two gateways must not share a data folder.</summary>
internal sealed class DataFolderLockedException(string root)
    : Exception($"Another gateway runs on the data folder {root}. Stop it, or choose another folder with --data-dir.");
