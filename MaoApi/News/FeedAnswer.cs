namespace MaoApi.News;

/// <summary>What became of asking for a feed.</summary>
/// <param name="Body">The document; null where it has not changed since it was last asked for.</param>
/// <param name="Charset">How the server says it is encoded, or null.</param>
/// <param name="EntityTag">To be sent with the next question, or null.</param>
/// <param name="LastModified">To be sent with the next question, or null.</param>
internal sealed record FeedAnswer(byte[]? Body, string? Charset, string? EntityTag, DateTimeOffset? LastModified);

/// <summary>A feed that could not be had; the message is for people.</summary>
internal sealed class FeedUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
