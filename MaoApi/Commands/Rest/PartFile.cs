using System.Security.Cryptography;

namespace MaoApi.Commands.Rest;

/// <summary>A file on its way: its bytes so far as <c>NAME.part</c>, the digest it is to have as <c>NAME.part.sha256</c>.</summary>
internal sealed class PartFile
{
    private readonly string _path;

    private PartFile(string path, string sha256)
    {
        _path = path;
        Sha256 = sha256;
    }

    public string Sha256 { get; }

    public long SizeBytes => File.Exists(_path) ? new FileInfo(_path).Length : 0;

    /// <summary>What an earlier download left of a file; null where there is nothing.</summary>
    public static PartFile? Find(string target)
    {
        var path = PathOf(target);
        return File.Exists(path) && File.Exists(DigestOf(path)) ? new PartFile(path, File.ReadAllText(DigestOf(path)).Trim()) : null;
    }

    public static PartFile Begin(string target, string sha256)
    {
        var part = new PartFile(PathOf(target), sha256);
        part.Delete();
        File.WriteAllText(DigestOf(part._path), sha256);
        return part;
    }

    public FileStream Append() => new(_path, FileMode.Append, FileAccess.Write, FileShare.Read);

    public void Delete()
    {
        File.Delete(_path);
        File.Delete(DigestOf(_path));
    }

    /// <summary>Gives the file its name, if it is the right one.</summary>
    /// <exception cref="HttpIOException">It is too short, and may go on.</exception>
    /// <exception cref="CommandException">It is another than it should be, and is gone.</exception>
    public (string File, long SizeBytes, string Sha256) Finish(string target, long sizeBytes)
    {
        if (SizeBytes < sizeBytes)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"{SizeBytes} of {sizeBytes} bytes came");
        }

        string digest;
        using (var file = File.OpenRead(_path))
        {
            digest = Convert.ToHexStringLower(SHA256.HashData(file));
        }

        if (SizeBytes != sizeBytes || digest != Sha256)
        {
            Delete();
            throw new CommandException(
                CommandExit.Refused, $"what came is not the log: {sizeBytes} bytes with SHA-256 {Sha256} were promised, it was {digest}");
        }

        File.Move(_path, target, overwrite: true);
        Delete();
        return (target, sizeBytes, digest);
    }

    private static string PathOf(string target) => target + ".part";

    private static string DigestOf(string path) => path + ".sha256";
}
