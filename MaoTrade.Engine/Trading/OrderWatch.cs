using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// Deadlines of orders on the monotonic clock: how long an intent may still be sent, when it is tried again, since when
/// an outcome is unknown. Rebuilt at start from the stored times. Owned by the trade loop.
/// </summary>
public sealed class OrderWatch(TimeProvider time)
{
    /// <summary>How long after its making an order may still be sent.</summary>
    public static readonly TimeSpan SubmitDeadline = TimeSpan.FromSeconds(120);

    /// <summary>How long a transient failure waits for the next try.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>The clock it goes by.</summary>
    public TimeProvider Clock => time;

    private readonly Dictionary<string, long> _deadlines = [];
    private readonly Dictionary<string, long> _retries = [];
    private readonly Dictionary<string, (long Since, int Tries)> _unknown = [];
    private readonly HashSet<string> _proofs = [];

    /// <summary>Orders whose next try is due.</summary>
    public IEnumerable<string> DueRetries()
    {
        var now = time.GetTimestamp();
        return _retries.Where(r => r.Value <= now).Select(r => r.Key).ToArray();
    }

    /// <summary>Starts the deadline of an order; of one that comes from the store, what its age leaves of it.</summary>
    public void Begin(Order order)
    {
        var age = time.GetUtcNow() - order.Created;
        var remaining = SubmitDeadline - (age < TimeSpan.Zero ? TimeSpan.Zero : age);
        _deadlines[order.OrderId] = time.GetTimestamp() + Ticks(remaining);
    }

    /// <summary>Whether an order may no longer be sent.</summary>
    public bool IsExpired(Order order) =>
        _deadlines.TryGetValue(order.OrderId, out var deadline) && time.GetTimestamp() > deadline;

    public void RetryLater(string orderId) => _retries[orderId] = time.GetTimestamp() + Ticks(RetryDelay);

    public void RetryDone(string orderId) => _retries.Remove(orderId);

    /// <summary>How long the outcome has been unknown to this process.</summary>
    public TimeSpan UnknownFor(string orderId)
    {
        if (!_unknown.TryGetValue(orderId, out var entry))
        {
            _unknown[orderId] = entry = (time.GetTimestamp(), 0);
        }

        return time.GetElapsedTime(entry.Since);
    }

    /// <summary>How long to wait before the broker is asked again: 0.5 s doubling to 30 s.</summary>
    public TimeSpan NextProofDelay(string orderId)
    {
        UnknownFor(orderId);
        var (since, tries) = _unknown[orderId];
        _unknown[orderId] = (since, tries + 1);
        return TimeSpan.FromSeconds(Math.Min(30, 0.5 * Math.Pow(2, Math.Min(tries, 6))));
    }

    /// <summary>Notes that the broker is being asked; false when it already is.</summary>
    public bool BeginProof(string orderId) => _proofs.Add(orderId);

    public void EndProof(string orderId) => _proofs.Remove(orderId);

    /// <summary>A new session: nobody is asking any more.</summary>
    public void ForgetProofs() => _proofs.Clear();

    /// <summary>The outcome is known.</summary>
    public void Known(string orderId) => _unknown.Remove(orderId);

    /// <summary>The order is ended.</summary>
    public void Forget(string orderId)
    {
        _deadlines.Remove(orderId);
        _retries.Remove(orderId);
        _unknown.Remove(orderId);
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
