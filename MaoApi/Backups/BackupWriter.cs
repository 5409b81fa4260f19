using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using MaoApi.Hosting;

namespace MaoApi.Backups;

/// <summary>Makes a back-up of a data folder whose gateway and engines may run. It holds keys and secrets: only its owner can read it.</summary>
internal sealed class BackupWriter(TimeProvider time)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Writes an archive; a file of this name appears only when it is whole and on the disk.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="archive">The file to make; one that is there is not overwritten.</param>
    /// <param name="withLogStore">Whether the searchable log store is kept too.</param>
    /// <param name="progress">Told the part that is done, 0 to 1, and the file at work.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing.</param>
    /// <exception cref="BackupException">There is nothing to keep, the file is there, or a database cannot be copied.</exception>
    /// <exception cref="IOException">The disk is full or may not be written.</exception>
    public BackupManifest Make(string folder, string archive, bool withLogStore, Action<double, string> progress, CancellationToken cancellationToken)
    {
        var paths = Directory.Exists(folder) ? BackupContent.Of(folder, withLogStore) : [];
        if (paths.Count == 0)
        {
            throw new BackupException($"there is nothing to keep in {folder}");
        }

        if (archive.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            throw new BackupException($"{archive} would lie in the folder it keeps, and be lost with it");
        }

        if (File.Exists(archive))
        {
            throw new BackupException($"{archive} is there already; it is not overwritten");
        }

        var scratch = archive + ".scratch";
        PrivateFile.CreateFolder(scratch);
        try
        {
            var part = Path.Combine(scratch, "archive");
            var manifest = Write(folder, paths, part, Path.Combine(scratch, "database"), progress, cancellationToken);
            File.Move(part, archive);
            return manifest;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private BackupManifest Write(
        string folder, IReadOnlyList<string> paths, string part, string copy, Action<double, string> progress, CancellationToken cancellationToken)
    {
        var files = new List<BackupFile>(paths.Count);
        var manifest = new BackupManifest(BackupManifest.CurrentFormat, time.GetUtcNow(), ProductVersion.Value, files);
        using var output = PrivateFile.Create(part);
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < paths.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress((double)i / paths.Count, paths[i]);
                if (Add(zip, folder, paths[i], copy, cancellationToken) is { } file)
                {
                    files.Add(file);
                }
            }

            using var entry = zip.CreateEntry(BackupManifest.EntryName).Open();
            entry.Write(manifest.ToJson());
        }

        output.Flush(flushToDisk: true);
        progress(1, "");
        return manifest;
    }

    /// <summary>Null where the file was gone before it could be read, as a log that was rotated.</summary>
    private static BackupFile? Add(ZipArchive zip, string folder, string path, string copy, CancellationToken cancellationToken)
    {
        try
        {
            var name = Path.Combine(folder, path);
            using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var mode = OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(file.SafeFileHandle);
            if (!DatabaseCopy.IsDatabase(file))
            {
                return Add(zip, path, mode, file, cancellationToken);
            }

            File.Delete(copy);
            DatabaseCopy.Make(name, copy);
            using var whole = File.OpenRead(copy);
            return Add(zip, path, mode, whole, cancellationToken);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static BackupFile Add(ZipArchive zip, string path, int mode, FileStream file, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            // What is written into it from now on belongs to the next back-up.
            var left = file.Length;
            long size = 0;
            using var entry = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
            while (left > 0 && file.Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length))) is > 0 and var read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                digest.AppendData(buffer, 0, read);
                entry.Write(buffer, 0, read);
                (left, size) = (left - read, size + read);
            }

            return new BackupFile(path, size, Convert.ToHexStringLower(digest.GetHashAndReset()), mode);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
