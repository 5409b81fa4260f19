namespace MaoApi.Idempotency;

/// <summary>
/// Keeps requests with a key and their answers for a day, for all instances of the gateway. A record is there before its request is carried
/// out, so what happens to the gateway meanwhile never makes it look new.
/// </summary>
internal interface IIdempotencyStore
{
    /// <summary>Writes down that a request begins. Returns the record that is there already, or null where this one is now.</summary>
    Task<IdempotencyRecord?> TakeAsync(IdempotencyKey key, string route, string bodyHash, CancellationToken cancellationToken);

    /// <summary>The request has ended with this answer.</summary>
    Task CompleteAsync(IdempotencyKey key, StoredAnswer answer, CancellationToken cancellationToken);

    /// <summary>The request has done nothing: its key may be used again.</summary>
    Task ReleaseAsync(IdempotencyKey key, CancellationToken cancellationToken);
}
