using System.Collections.Concurrent;

namespace MaoApi.Idempotency;

/// <summary>The requests this process is carrying out.</summary>
internal sealed class MemoryRunningRequests : IRunningRequests
{
    private readonly ConcurrentDictionary<IdempotencyKey, byte> _running = new();

    public IEnumerable<IdempotencyKey> All => _running.Select(pair => pair.Key);

    public ValueTask<bool> TryBeginAsync(IdempotencyKey key) => new(_running.TryAdd(key, 0));

    public ValueTask EndAsync(IdempotencyKey key)
    {
        _running.TryRemove(key, out _);
        return ValueTask.CompletedTask;
    }
}
