namespace MaoTrade.Engine.Server;

/// <summary>A service's answer: JSON, and perhaps a stream of bytes after it.</summary>
/// <param name="Code">0 done, else a reply code of PROTOCOL.md.</param>
/// <param name="Message">For people; never null.</param>
/// <param name="Data">The JSON object of <c>data</c>, UTF-8; empty means <c>{}</c>.</param>
/// <param name="Payload">Bytes to send after the JSON; the listener disposes it.</param>
/// <param name="Order">What is wanted of the connection's streams; only of replies that are known at once.</param>
public readonly record struct ServiceReply(
    int Code, string Message, ReadOnlyMemory<byte> Data, ReplyPayload? Payload = null, StreamOrder? Order = null)
{
    public static ServiceReply Ok(ReadOnlyMemory<byte> data) => new(0, "", data);

    public static ServiceReply Of(StreamOrder order) => new(0, "", default, null, order);

    public static ServiceReply Failure(int code, string message) => new(code, message, default);
}

/// <summary>Bytes of known length that follow a reply; the JSON announcing them is written by the listener.</summary>
public sealed record ReplyPayload(Stream Content, long SizeBytes, string FileName, string ContentType, string Sha256) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
