using System.IO.Compression;
using System.Security.Cryptography;
using MaoTrade.Engine.Server;

namespace MaoTrade.Engine.Logs;

/// <summary>
/// Log files of days as a ZIP, spooled beside the logs in a file that is gone when it is closed: memory stays flat.
/// A file that is being written is taken as long as it was when it was opened. At most two ZIPs are made at once.
/// </summary>
public sealed class LogArchive(string accountId, string folder) : IDisposable
{
    private readonly SemaphoreSlim _makers = new(2);

    /// <summary>The ZIP of the days [from, to] that have a log, or null when none has.</summary>
    public async Task<ReplyPayload?> ZipAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var files = FilesOf(from, to);
        if (files.Count == 0)
        {
            return null;
        }

        await _makers.WaitAsync(cancellationToken);
        try
        {
            return await MakeAsync(from, to, files, cancellationToken);
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

    private async Task<ReplyPayload> MakeAsync(
        DateOnly from, DateOnly to, List<FileInfo> files, CancellationToken cancellationToken)
    {
        var spool = new FileStream(
            Path.Combine(folder, $".spool-{Guid.NewGuid():N}.zip"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        try
        {
            await using (var zip = await ZipArchive.CreateAsync(spool, ZipArchiveMode.Create, leaveOpen: true, null, cancellationToken))
            {
                foreach (var file in files)
                {
                    await AddAsync(zip, file, cancellationToken);
                }
            }

            spool.Position = 0;
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(spool, cancellationToken));
            spool.Position = 0;
            var name = from == to ? $"{accountId}-{from:yyyy-MM-dd}.zip" : $"{accountId}-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.zip";
            return new ReplyPayload(spool, spool.Length, name, "application/zip", sha256);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    private static async Task AddAsync(ZipArchive zip, FileInfo file, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(
            file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
        var entry = zip.CreateEntry(file.Name, CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(file.LastWriteTimeUtc);
        await using var target = await entry.OpenAsync(cancellationToken);
        var buffer = new byte[64 * 1024];
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
