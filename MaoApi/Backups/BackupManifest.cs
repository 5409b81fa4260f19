using System.Text.Json;

namespace MaoApi.Backups;

/// <summary>What a back-up holds: its last entry, without which it is not whole.</summary>
/// <param name="Format">Form of the archive, <see cref="CurrentFormat"/>.</param>
/// <param name="MadeAt">When it was begun.</param>
/// <param name="Version">Of the program that made it.</param>
/// <param name="Files">Everything else in the archive.</param>
internal sealed record BackupManifest(int Format, DateTimeOffset MadeAt, string Version, IReadOnlyList<BackupFile> Files)
{
    public const int CurrentFormat = 1;

    public const string EntryName = "manifest.json";

    public long Bytes => Files.Sum(file => file.Size);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="BackupException">It is none, or one of a later program.</exception>
    public static BackupManifest Parse(Stream json)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(json, JsonSerializerOptions.Web) switch
            {
                null => throw new BackupException($"{EntryName} is empty"),
                { Format: not CurrentFormat } later => throw new BackupException(
                    $"it is of form {later.Format}, made by version {later.Version}; this program reads form {CurrentFormat}"),
                { Files: null } => throw new BackupException($"{EntryName} lists no files"),
                var manifest => manifest,
            };
        }
        catch (JsonException fault)
        {
            throw new BackupException($"{EntryName} cannot be read: {fault.Message}", fault);
        }
    }
}

/// <summary>A file of a back-up.</summary>
/// <param name="Path">Below the data folder, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Digest of its bytes, lower-case hexadecimal.</param>
/// <param name="Mode">Its Unix permissions, for instance 384 (0600).</param>
internal sealed record BackupFile(string Path, long Size, string Sha256, int Mode);
