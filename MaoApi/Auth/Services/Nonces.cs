namespace MaoApi.Auth.Services;

/// <summary>
/// The nonces of signed requests, each good once. One is remembered until its request is too old to be accepted anyway. Only requests whose
/// signature was right are counted, and each key has room of its own, so nobody fills another's.
/// </summary>
internal sealed class Nonces(TimeProvider time)
{
    /// <summary>Requests of one key within <see cref="Memory"/>: 320 a second.</summary>
    public const int MaxPerKey = 20_000;

    /// <summary>Longer than a timestamp can be accepted: half a minute early to half a minute late.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(62);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Used> _keys = new(StringComparer.Ordinal);

    public NonceUse Use(string keyId, string nonce)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_keys.TryGetValue(keyId, out var used))
            {
                _keys[keyId] = used = new Used();
            }

            used.Forget(now - Memory);
            if (used.Nonces.Contains(nonce))
            {
                return NonceUse.Replayed;
            }

            if (used.Nonces.Count >= MaxPerKey)
            {
                return NonceUse.TooMany;
            }

            used.Add(nonce, now);
            return NonceUse.Fresh;
        }
    }

    private sealed class Used
    {
        private readonly Queue<(string Nonce, DateTimeOffset At)> _order = new();

        public HashSet<string> Nonces { get; } = new(StringComparer.Ordinal);

        public void Add(string nonce, DateTimeOffset now)
        {
            Nonces.Add(nonce);
            _order.Enqueue((nonce, now));
        }

        public void Forget(DateTimeOffset before)
        {
            while (_order.TryPeek(out var oldest) && oldest.At < before)
            {
                Nonces.Remove(_order.Dequeue().Nonce);
            }
        }
    }
}

/// <summary>What became of a nonce.</summary>
internal enum NonceUse
{
    Fresh,
    Replayed,

    /// <summary>The key has sent more requests than are remembered: no more are taken until the oldest are forgotten.</summary>
    TooMany,
}
