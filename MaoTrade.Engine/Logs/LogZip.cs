using MaoTrade.Engine.Server;

namespace MaoTrade.Engine.Logs;

/// <summary>A ZIP of log files, open at its first byte.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="FileName">What to call it.</param>
/// <param name="Sha256">Lower-case hexadecimal digest of all the bytes.</param>
/// <param name="IsClosed">Whether its days are over: asked for again it is the same.</param>
public sealed record LogZip(FileStream Content, string FileName, string Sha256, bool IsClosed) : IAsyncDisposable
{
    public const string ContentType = "application/zip";

    /// <summary>The bytes from an offset on, at most so many; the payload owns the stream.</summary>
    public ReplyPayload Part(long offset, long? length)
    {
        Content.Position = Math.Min(offset, Content.Length);
        var rest = Content.Length - Content.Position;
        return new ReplyPayload(Content, Math.Min(rest, length ?? rest), FileName, ContentType, Sha256);
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
