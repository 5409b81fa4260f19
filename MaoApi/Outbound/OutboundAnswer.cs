namespace MaoApi.Outbound;

/// <summary>What a foreign server answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The whole body, never more than was asked for.</param>
/// <param name="RetryAfter">What the server asks to be waited.</param>
internal sealed record OutboundAnswer(int Status, byte[] Body, TimeSpan? RetryAfter)
{
    private const int MostTag = 200;

    /// <summary>How the server says the body is encoded, or null.</summary>
    public string? Charset { get; init; }

    /// <summary>The server's name of this very answer, or null; one too long to be kept is none.</summary>
    public string? EntityTag { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    public static OutboundAnswer Of(HttpResponseMessage response, byte[] body, TimeProvider time) =>
        new((int)response.StatusCode, body, RetryAdvice.Of(response.Headers.RetryAfter, time))
        {
            Charset = response.Content.Headers.ContentType?.CharSet?.Trim('"'),
            EntityTag = response.Headers.ETag?.ToString() is { Length: <= MostTag } tag ? tag : null,
            LastModified = response.Content.Headers.LastModified,
        };
}
