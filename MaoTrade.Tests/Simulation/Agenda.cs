namespace MaoTrade.Tests.Simulation;

/// <summary>
/// Simulated time and what is to happen in it: a monotonic clock that jumps from event to event, a wall clock that can be
/// put forward and back, events at the same moment in the order they were put in. One thread.
/// </summary>
public sealed class Agenda : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<Action, (long At, long Number)> _events = new();
    private long _number;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan WallError { get; set; }

    /// <summary>True time, which the broker has: market time.</summary>
    public DateTimeOffset TrueTime => Start + Now;

    public override DateTimeOffset GetUtcNow() => TrueTime + WallError;

    public override long GetTimestamp() => Now.Ticks;

    public void In(TimeSpan delay, Action action) => _events.Enqueue(action, ((Now + delay).Ticks, _number++));

    /// <summary>Lets the next event happen; false when there is none before the end.</summary>
    public bool Step(TimeSpan end)
    {
        if (!_events.TryPeek(out var action, out var due) || due.At > end.Ticks)
        {
            Now = end;
            return false;
        }

        _events.Dequeue();
        Now = TimeSpan.FromTicks(due.At);
        action();
        return true;
    }
}
