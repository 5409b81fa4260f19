using System.Security.Cryptography;
using System.Text;

namespace MaoTrade.Engine.Logs;

/// <summary>
/// ZIPs of days that are over, kept for those who ask again or go on where a download broke off. A ZIP stands for names, sizes and times
/// of its files: one that no longer fits is never found. Beyond the bounds the one asked for longest ago goes. Thread-safe.
/// </summary>
public sealed class ZipShelf(string folder, TimeProvider time)
{
    private const string Prefix = ".kept-";
    private const int FingerprintChars = 32;
    private const int MostFiles = 16;
    private const long MostBytes = 256L * 1024 * 1024;

    /// <summary>Name of what a ZIP of these files would hold.</summary>
    public static string FingerprintOf(IEnumerable<FileInfo> files)
    {
        var text = string.Join('\n', files.Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..FingerprintChars];
    }

    /// <summary>The ZIP of a fingerprint and its digest, opened; null where none is kept.</summary>
    public (FileStream Zip, string Sha256)? Find(string fingerprint)
    {
        foreach (var path in Directory.EnumerateFiles(folder, $"{Prefix}{fingerprint}-*.zip"))
        {
            try
            {
                var zip = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
                File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
                return (zip, Path.GetFileNameWithoutExtension(path)[(Prefix.Length + FingerprintChars + 1)..]);
            }
            catch (FileNotFoundException)
            {
                // Another ZIP took its place meanwhile.
            }
        }

        return null;
    }

    /// <summary>Keeps a finished file; its open streams go on.</summary>
    public void Keep(string path, string fingerprint, string sha256)
    {
        File.Move(path, Path.Combine(folder, $"{Prefix}{fingerprint}-{sha256}.zip"), overwrite: true);
        var bytes = 0L;
        var kept = new DirectoryInfo(folder).EnumerateFiles($"{Prefix}*.zip").OrderByDescending(file => file.LastWriteTimeUtc).ToArray();
        for (var i = 0; i < kept.Length; i++)
        {
            bytes += kept[i].Length;
            if (i >= MostFiles || (i > 0 && bytes > MostBytes))
            {
                kept[i].Delete();
            }
        }
    }
}
