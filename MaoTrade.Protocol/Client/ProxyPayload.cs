namespace MaoTrade.Protocol.Client;

/// <summary>Bytes behind a reply. They arrive while they are read; nothing holds them all.</summary>
public sealed class ProxyPayload : IAsyncDisposable
{
    private readonly PayloadStream _content;

    internal ProxyPayload(PayloadStream content, string fileName, string contentType, string? sha256)
    {
        _content = content;
        FileName = fileName;
        ContentType = contentType;
        Sha256 = sha256;
    }

    /// <summary>Name the engine gives the bytes; empty when it gives none. Not to be trusted as a path.</summary>
    public string FileName { get; }

    /// <summary>Media type; <c>application/octet-stream</c> when the engine does not say.</summary>
    public string ContentType { get; }

    /// <summary>Lower-case hexadecimal digest the engine announced, or null. Not checked here.</summary>
    public string? Sha256 { get; }

    /// <summary>Exact length, bytes.</summary>
    public long SizeBytes => _content.Length;

    /// <summary>
    /// The bytes, once. Ends after exactly <see cref="SizeBytes"/>; a connection that ends, stalls or is too slow
    /// before that makes a read throw <see cref="PayloadException"/>. One reader at a time.
    /// </summary>
    public Stream Content => _content;

    /// <summary>Copies all the bytes.</summary>
    /// <exception cref="PayloadException">They did not all arrive.</exception>
    public Task CopyToAsync(Stream destination, CancellationToken cancellationToken) => _content.CopyToAsync(destination, cancellationToken);

    /// <summary>Lets the connection go: back to the pool when all bytes were read, else closed.</summary>
    public ValueTask DisposeAsync() => _content.DisposeAsync();
}
