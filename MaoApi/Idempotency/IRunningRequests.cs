namespace MaoApi.Idempotency;

/// <summary>The requests with a key that are being carried out now. What they did is in <see cref="IIdempotencyStore"/>. Safe from any thread.</summary>
internal interface IRunningRequests
{
    /// <summary>Notes that a request is being carried out. Returns whether nobody else does it already.</summary>
    ValueTask<bool> TryBeginAsync(IdempotencyKey key);

    /// <summary>The request that was noted has ended.</summary>
    ValueTask EndAsync(IdempotencyKey key);
}
