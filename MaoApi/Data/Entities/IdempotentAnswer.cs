namespace MaoApi.Data.Entities;

/// <summary>The answer to a request with an idempotency key (<c>mao_idempotency</c>).</summary>
internal sealed class IdempotentAnswer
{
    public int Id { get; set; }

    /// <summary>Who asked; the same key of another caller is another request.</summary>
    public required string Caller { get; set; }

    public required string Key { get; set; }

    /// <summary>Method and path.</summary>
    public required string Route { get; set; }

    /// <summary>SHA-256 of the body, hex.</summary>
    public required string BodyHash { get; set; }

    /// <summary>HTTP status; null while the first request is under way.</summary>
    public int? Status { get; set; }

    public string? ContentType { get; set; }

    public byte[]? Answer { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Expires { get; set; }
}
