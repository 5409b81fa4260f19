namespace MaoApi.Idempotency;

/// <summary>What is kept of a request with a key.</summary>
/// <param name="Route">Method and path.</param>
/// <param name="BodyHash">SHA-256 of the body, hex.</param>
/// <param name="Created">When the request began.</param>
/// <param name="Answer">Null until its end is known.</param>
internal sealed record IdempotencyRecord(string Route, string BodyHash, DateTimeOffset Created, StoredAnswer? Answer);

/// <summary>The answer to the first request, for those that repeat it.</summary>
internal sealed record StoredAnswer(int Status, string? ContentType, byte[] Body);
