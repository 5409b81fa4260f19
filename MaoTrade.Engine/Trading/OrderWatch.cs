using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// Times of orders on the monotonic clock: how long an intent may still be sent, when it is tried again, since when an
/// outcome is unknown, how long each step took, how many orders the last minute saw. Rebuilt at start from the stored
/// times. Owned by the trade loop.
/// </summary>
public sealed class OrderWatch(TimeProvider time)
{
    /// <summary>How long after its making an order may still be sent.</summary>
    public static readonly TimeSpan SubmitDeadline = TimeSpan.FromSeconds(120);

    /// <summary>How long a transient failure waits for the next try.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>The clock it goes by.</summary>
    public TimeProvider Clock => time;

    private readonly Dictionary<string, long> _deadlines = [];
    private readonly Dictionary<string, long> _retries = [];
    private readonly Dictionary<string, long> _steps = [];
    private readonly Dictionary<string, (long Since, int Tries)> _unknown = [];
    private readonly Dictionary<string, (long Due, int Tries)> _liquidations = [];
    private readonly HashSet<string> _proofs = [];
    private readonly Queue<long> _made = new();
    private long _lastSurvey = time.GetTimestamp();

    /// <summary>Orders made within the last 60 seconds.</summary>
    public int MadeLastMinute
    {
        get
        {
            while (_made.TryPeek(out var at) && time.GetElapsedTime(at) >= Minute)
            {
                _made.Dequeue();
            }

            return _made.Count;
        }
    }

    /// <summary>Orders whose next try is due.</summary>
    public IEnumerable<string> DueRetries()
    {
        var now = time.GetTimestamp();
        return _retries.Where(r => r.Value <= now).Select(r => r.Key).ToArray();
    }

    /// <summary>Starts the times of a new order; of one that comes from the store, what its age leaves of them.</summary>
    public void Begin(Order order)
    {
        var age = Age(order);
        var now = time.GetTimestamp();
        _deadlines[order.OrderId] = now + Ticks(SubmitDeadline - age);
        _steps[order.OrderId] = now;
    }

    /// <summary>Counts an order against the limit of orders per minute; the oldest first.</summary>
    public void CountMade(Order order)
    {
        var age = Age(order);
        if (age < Minute)
        {
            _made.Enqueue(time.GetTimestamp() - Ticks(age));
        }
    }

    /// <summary>Milliseconds since the order's step before, and the next step begins.</summary>
    public double Lap(string orderId)
    {
        var now = time.GetTimestamp();
        var since = _steps.GetValueOrDefault(orderId, now);
        _steps[orderId] = now;
        return Math.Round(time.GetElapsedTime(since, now).TotalMilliseconds, 3);
    }

    /// <summary>How long ago the order's last step was, as far as this process saw it.</summary>
    public TimeSpan SinceStep(string orderId) =>
        _steps.TryGetValue(orderId, out var at) ? time.GetElapsedTime(at) : TimeSpan.MaxValue;

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

    /// <summary>Whether the kill switch may try to close an epic now; each try makes the pause to the next one longer, up to 60 s.</summary>
    public bool TryLiquidate(string epic)
    {
        var (due, tries) = _liquidations.GetValueOrDefault(epic, (long.MinValue, 0));
        if (time.GetTimestamp() < due)
        {
            return false;
        }

        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(tries, 10)));
        _liquidations[epic] = (time.GetTimestamp() + Ticks(pause < LongestPause ? pause : LongestPause), tries + 1);
        return true;
    }

    /// <summary>The kill switch begins anew, or is released.</summary>
    public void ForgetLiquidations() => _liquidations.Clear();

    /// <summary>Whether the last survey lies so long back; asked again, the next one begins.</summary>
    public bool IsSurveyDue(TimeSpan interval) => time.GetElapsedTime(_lastSurvey) >= interval;

    public void SurveyAsked() => _lastSurvey = time.GetTimestamp();

    /// <summary>The order is ended.</summary>
    public void Forget(string orderId)
    {
        _deadlines.Remove(orderId);
        _retries.Remove(orderId);
        _unknown.Remove(orderId);
        _steps.Remove(orderId);
    }

    /// <summary>By the wall clock, which may have jumped: never negative.</summary>
    private TimeSpan Age(Order order)
    {
        var age = time.GetUtcNow() - order.Created;
        return age < TimeSpan.Zero ? TimeSpan.Zero : age;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
