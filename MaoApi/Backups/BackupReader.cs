using System.IO.Compression;
using System.Security.Cryptography;
using MaoApi.Hosting;

namespace MaoApi.Backups;

/// <summary>A back-up as it is read: proven file by file, and put back whole or not at all.</summary>
internal sealed class BackupReader : IDisposable
{
    /// <summary>Where files wait in a data folder until all of them are proven.</summary>
    public const string Scratch = ".restore";

    private const string Configuration = "maohome.db";

    private readonly ZipArchive _zip;

    private BackupReader(ZipArchive zip, BackupManifest manifest)
    {
        _zip = zip;
        Manifest = manifest;
    }

    public BackupManifest Manifest { get; }

    /// <summary>Opens an archive; nothing but its list is read.</summary>
    /// <exception cref="BackupException">It is no back-up, or not a whole one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BackupReader Open(string archive)
    {
        ZipArchive? zip = null;
        try
        {
            zip = ZipFile.OpenRead(archive);
            var entry = zip.GetEntry(BackupManifest.EntryName) ?? throw new BackupException($"{archive} has no {BackupManifest.EntryName}: it is no back-up");
            using var json = entry.Open();
            return new BackupReader(zip, BackupManifest.Parse(json));
        }
        catch (InvalidDataException fault)
        {
            zip?.Dispose();
            throw new BackupException($"{archive} is no back-up, or a part of one: {fault.Message}", fault);
        }
        catch
        {
            zip?.Dispose();
            throw;
        }
    }

    public void Dispose() => _zip.Dispose();

    /// <summary>Reads every file and compares it with its digest.</summary>
    /// <exception cref="BackupException">A file is missing or damaged.</exception>
    public void Check(Action<double, string> progress, CancellationToken cancellationToken) =>
        ForEach(progress, (file, entry) => Prove(file, entry, Stream.Null), cancellationToken);

    /// <summary>Puts the files back. The configuration comes last: without it no gateway takes what is there for its own.</summary>
    /// <param name="folder">A data folder this process holds.</param>
    /// <param name="startsEngines">Whether engines start as they were meant to; else each account waits until somebody starts it.</param>
    /// <param name="progress">Told the part that is done, 0 to 1, and the file at work.</param>
    /// <param name="cancellationToken">Gives up; nothing was put back.</param>
    /// <exception cref="BackupException">The back-up is damaged, or a file of the folder is in the way; nothing was put back.</exception>
    public void Restore(DataFolder folder, bool startsEngines, Action<double, string> progress, CancellationToken cancellationToken)
    {
        if (Manifest.Files.FirstOrDefault(file => File.Exists(Below(folder.Root, file))) is { } inTheWay)
        {
            throw new BackupException($"{inTheWay.Path} is in the way; a back-up is put back into a folder that holds none of its files");
        }

        var scratch = Path.Combine(folder.Root, Scratch);
        if (Directory.Exists(scratch))
        {
            Directory.Delete(scratch, recursive: true);
        }

        PrivateFile.CreateFolder(scratch);
        try
        {
            ForEach(progress, (file, entry) => Extract(file, entry, Below(scratch, file)), cancellationToken);
            if (!startsEngines && File.Exists(Path.Combine(scratch, Configuration)))
            {
                StoppedEngines.Write(Path.Combine(scratch, Configuration));
            }

            foreach (var file in Manifest.Files.OrderBy(file => file.Path == Configuration))
            {
                var path = Below(folder.Root, file);
                PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
                File.Move(Below(scratch, file), path);
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private void ForEach(Action<double, string> progress, Action<BackupFile, ZipArchiveEntry> act, CancellationToken cancellationToken)
    {
        long done = 0;
        foreach (var file in Manifest.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress(Manifest.Bytes == 0 ? 1 : (double)done / Manifest.Bytes, file.Path);
            act(file, _zip.GetEntry(file.Path) ?? throw new BackupException($"{file.Path} is missing from the back-up"));
            done += file.Size;
        }

        progress(1, "");
    }

    private static void Extract(BackupFile file, ZipArchiveEntry entry, string path)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
        using var output = PrivateFile.Create(path);
        Prove(file, entry, output);
        output.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)(file.Mode & 0b111_111_111));
        }
    }

    private static void Prove(BackupFile file, ZipArchiveEntry entry, Stream output)
    {
        try
        {
            if (entry.Length != file.Size)
            {
                throw new BackupException($"{file.Path} is damaged: it has {entry.Length} bytes, {file.Size} were kept");
            }

            using var digest = SHA256.Create();
            using (var input = new CryptoStream(entry.Open(), digest, CryptoStreamMode.Read))
            {
                input.CopyTo(output);
            }

            if (Convert.ToHexStringLower(digest.Hash!) != file.Sha256)
            {
                throw new BackupException($"{file.Path} is damaged: its digest is another");
            }
        }
        catch (InvalidDataException fault)
        {
            throw new BackupException($"{file.Path} is damaged: {fault.Message}", fault);
        }
    }

    /// <summary>The file's place in a folder, which it may not leave.</summary>
    private static string Below(string folder, BackupFile file)
    {
        var path = Path.GetFullPath(Path.Combine(folder, file.Path));
        return path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)
            ? path
            : throw new BackupException($"{file.Path} would lie outside the folder");
    }
}
