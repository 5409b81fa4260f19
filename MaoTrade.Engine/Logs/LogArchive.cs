using System.IO.Compression;
using System.Security.Cryptography;

namespace MaoTrade.Engine.Logs;

/// <summary>
/// Log files of days as a ZIP, spooled beside the logs in a file that is gone when it is closed: memory stays flat.
/// A file that is being written is taken as long as it was when it was opened. At most two ZIPs are made at once; those of days that are
/// over are kept, and the same bytes as long as their files stay the same.
/// </summary>
public sealed class LogArchive(string accountId, string folder, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _makers = new(2);
    private readonly ZipShelf _shelf = new(folder, time);

    /// <summary>The ZIP of the days [from, to] that have a log, or null when none has. The caller disposes it.</summary>
    public async Task<LogZip?> ZipAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var files = FilesOf(from, to);
        if (files.Count == 0)
        {
            return null;
        }

        await _makers.WaitAsync(cancellationToken);
        try
        {
            // A day is over when no line of it can be logged any more: by the clock the lines are stamped with.
            return to < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)
                ? await KeptAsync(NameOf(from, to), files, cancellationToken)
                : await MakeAsync(NameOf(from, to), files, cancellationToken);
        }
        finally
        {
            _makers.Release();
        }
    }

    /// <summary>Removes spool files that a killed engine left behind; called before the first ZIP is made.</summary>
    public void RemoveLeftovers()
    {
        if (Directory.Exists(folder))
        {
            foreach (var leftover in Directory.EnumerateFiles(folder, ".spool-*.zip"))
            {
                File.Delete(leftover);
            }
        }
    }

    public void Dispose() => _makers.Dispose();

    private string NameOf(DateOnly from, DateOnly to) =>
        from == to ? $"{accountId}-{from:yyyy-MM-dd}.zip" : $"{accountId}-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.zip";

    private async Task<LogZip> MakeAsync(string name, List<FileInfo> files, CancellationToken cancellationToken)
    {
        var spool = Spool(FileOptions.DeleteOnClose);
        try
        {
            return new LogZip(spool, name, await WriteAsync(spool, files, cancellationToken), IsClosed: false);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    private async Task<LogZip> KeptAsync(string name, List<FileInfo> files, CancellationToken cancellationToken)
    {
        var fingerprint = ZipShelf.FingerprintOf(files);
        if (_shelf.Find(fingerprint) is var (kept, known))
        {
            return new LogZip(kept, name, known, IsClosed: true);
        }

        var spool = Spool(FileOptions.None);
        try
        {
            var sha256 = await WriteAsync(spool, files, cancellationToken);
            spool.Flush(flushToDisk: true);
            _shelf.Keep(spool.Name, fingerprint, sha256);
            return new LogZip(spool, name, sha256, IsClosed: true);
        }
        catch
        {
            await spool.DisposeAsync();
            File.Delete(spool.Name);
            throw;
        }
    }

    private FileStream Spool(FileOptions options) => new(
        Path.Combine(folder, $".spool-{Guid.NewGuid():N}.zip"),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous | options,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });

    /// <summary>Writes the ZIP; its digest.</summary>
    private static async Task<string> WriteAsync(FileStream spool, List<FileInfo> files, CancellationToken cancellationToken)
    {
        await using (var zip = await ZipArchive.CreateAsync(spool, ZipArchiveMode.Create, leaveOpen: true, null, cancellationToken))
        {
            var buffer = new byte[64 * 1024];
            foreach (var file in files)
            {
                await AddAsync(zip, file, buffer, cancellationToken);
            }
        }

        spool.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(spool, cancellationToken));
        spool.Position = 0;
        return sha256;
    }

    private static async Task AddAsync(ZipArchive zip, FileInfo file, byte[] buffer, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(
            file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
        var entry = zip.CreateEntry(file.Name, CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(file.LastWriteTimeUtc);
        await using var target = await entry.OpenAsync(cancellationToken);
        for (var left = source.Length; left > 0;)
        {
            var count = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (count == 0)
            {
                break;
            }

            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            left -= count;
        }
    }

    /// <summary>Names are compared with what the folder lists, never put together from a request; links are not followed.</summary>
    private List<FileInfo> FilesOf(DateOnly from, DateOnly to)
    {
        var directory = new DirectoryInfo(folder);
        return !directory.Exists
            ? []
            : [.. directory.EnumerateFiles("maotrade-*.log")
                .Where(file => file.LinkTarget is null && IsWithin(file.Name, from, to))
                .OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private static bool IsWithin(string name, DateOnly from, DateOnly to) =>
        DateOnly.TryParseExact(name.AsSpan("maotrade-".Length, name.Length - "maotrade-.log".Length), "yyyy-MM-dd", out var day)
        && day >= from && day <= to;
}
