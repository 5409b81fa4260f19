using System.Formats.Tar;

namespace MaoApi.Pods.Docker;

/// <summary>An account's folder for its volume: secrets are files its engine alone reads, and never variables.</summary>
internal static class DockerFiles
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder = Private | UnixFileMode.UserExecute;

    /// <summary>A tape archive to unpack in the data folder: the account's folders and its files, all the engine's own.</summary>
    public static async Task<byte[]> ArchiveAsync(string accountId, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var folder in (string[])["accounts/", $"accounts/{accountId}/", $"accounts/{accountId}/logs/"])
            {
                await tar.WriteEntryAsync(Owned(new UstarTarEntry(TarEntryType.Directory, folder), Folder), cancellationToken);
            }

            foreach (var file in files)
            {
                var entry = new UstarTarEntry(TarEntryType.RegularFile, $"accounts/{accountId}/{Path.GetFileName(file)}")
                {
                    DataStream = new MemoryStream(await File.ReadAllBytesAsync(file, cancellationToken)),
                };
                await tar.WriteEntryAsync(Owned(entry, Private), cancellationToken);
            }
        }

        return archive.ToArray();
    }

    private static UstarTarEntry Owned(UstarTarEntry entry, UnixFileMode mode)
    {
        entry.Mode = mode;
        entry.Uid = PodNames.UserId;
        entry.Gid = PodNames.UserId;
        return entry;
    }
}
