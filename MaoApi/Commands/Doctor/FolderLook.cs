using MaoApi.Hosting;
using MaoApi.Secrets;

namespace MaoApi.Commands.Doctor;

/// <summary>Settings, folders, permissions, room on the disk, age of the keys.</summary>
internal static class FolderLook
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const long LeastFreeBytes = 1L << 30;

    /// <summary>Keys older than this are due to be rotated.</summary>
    private static readonly TimeSpan MostKeyAge = TimeSpan.FromDays(30);

    public static Finding Settings(IReadOnlyList<string> faults) => faults.Count == 0
        ? Finding.Good("settings", "every variable can be read")
        : Finding.Bad("settings", string.Join("; ", faults));

    /// <summary>What others may do with folders and files that hold secrets: nothing.</summary>
    public static IEnumerable<Finding> Permissions(DataFolder folder)
    {
        foreach (var (name, path) in new[] { ("data folder", folder.Root), ("keys", folder.Keys), ("first-run.json", folder.FirstRun) })
        {
            if (!Path.Exists(path))
            {
                yield return name == "first-run.json" ? Finding.Good(name, "is gone, as it should be") : Finding.Bad(name, $"{path} is missing");
            }
            else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                yield return Finding.Bad(name, $"others may reach {path}: chmod go= {path}");
            }
            else
            {
                yield return Finding.Good(name, path);
            }
        }
    }

    public static Finding Disk(DataFolder folder)
    {
        var free = new DriveInfo(folder.Root).AvailableFreeSpace;
        return free >= LeastFreeBytes
            ? Finding.Good("disk", $"{free / (1 << 20)} MiB free")
            : Finding.Warn("disk", $"{free / (1 << 20)} MiB free: engines stop trading when nothing can be stored");
    }

    public static Finding Keys(KeyRing ring, DateTimeOffset now)
    {
        var age = ring.All[^1].Created is { } created ? now - created : (TimeSpan?)null;
        return age is null ? Finding.Good("key age", "given in the environment; its age is not known")
            : age > MostKeyAge ? Finding.Warn("key age", $"{age.Value.TotalDays:0} days, more than {MostKeyAge.TotalDays:0}: mao keys rotate")
            : Finding.Good("key age", $"{age.Value.TotalDays:0} days");
    }

    public static Finding Clock(DataFolder folder, TimeProvider time)
    {
        // The newest thing written here was written before now.
        var now = time.GetUtcNow();
        var newest = new DirectoryInfo(folder.Root).EnumerateFiles().Select(file => new DateTimeOffset(file.LastWriteTimeUtc)).DefaultIfEmpty(now).Max();
        return newest > now + TimeSpan.FromMinutes(1)
            ? Finding.Bad("clock", $"it is {now:u}, but {folder.Root} holds a file of {newest:u}")
            : Finding.Good("clock", $"{now:u}");
    }
}
