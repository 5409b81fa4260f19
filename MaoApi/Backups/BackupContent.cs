namespace MaoApi.Backups;

/// <summary>
/// Which files of a data folder are kept: not what only a running process needs, not the copies a database writes beside itself, and not the
/// paper market, which stands for a broker.
/// </summary>
internal static class BackupContent
{
    private const string LogStore = "logs.db";

    private static readonly string[] Passing = [".lock", "-wal", "-shm", "-journal", ".new", ".part", ".tmp"];

    /// <summary>A folder that may not be read is an error: left out unseen it would be missed on the day it is needed.</summary>
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Paths below the folder, with <c>/</c>, in the order of their names.</summary>
    public static IReadOnlyList<string> Of(string root, bool withLogStore) =>
        [.. Directory.EnumerateFiles(root, "*", Everything)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(path => IsKept(path) && (withLogStore || path != LogStore))
            .Order(StringComparer.Ordinal)];

    private static bool IsKept(string path)
    {
        var name = Path.GetFileName(path);
        return !path.StartsWith("paper/", StringComparison.Ordinal)
            && !path.StartsWith(BackupReader.Scratch + "/", StringComparison.Ordinal)
            && name != Pods.PodRecord.FileName
            && !name.StartsWith("stdout.jsonl", StringComparison.Ordinal)
            && !Array.Exists(Passing, end => name.EndsWith(end, StringComparison.Ordinal));
    }
}
