namespace MaoApi.Outbound;

/// <summary>What a foreign server answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The whole body, never more than was asked for.</param>
/// <param name="RetryAfter">What the server asks to be waited.</param>
internal sealed record OutboundAnswer(int Status, byte[] Body, TimeSpan? RetryAfter);
