namespace MaoTrade.Tests.Support;

/// <summary>A clock that stands still until a test moves it; timers fire, in order, while it is moved.</summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _utcNow = start;
    private long _ticks;

    public FakeClock()
        : this(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that wait for the clock; a test waits on it before it moves the time.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _utcNow;
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _ticks;
        }
    }

    /// <summary>Moves both the wall clock and the monotonic clock forward.</summary>
    public void Advance(TimeSpan time)
    {
        long target;
        lock (_lock)
        {
            target = _ticks + time.Ticks;
        }

        while (NextDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            Move(target);
        }
    }

    /// <summary>
    /// Moves both clocks forward at once, as for a machine that slept: what is due fires once, then, however often it would have. For long
    /// times in a program full of timers.
    /// </summary>
    public void Skip(TimeSpan time)
    {
        FakeTimer[] due;
        lock (_lock)
        {
            Move(_ticks + time.Ticks);
            due = [.. _timers.Where(timer => timer.DueTicks <= _ticks).OrderBy(timer => timer.DueTicks)];
            foreach (var timer in due)
            {
                timer.Rearm(_ticks);
            }
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves the wall clock alone, as an administrator or NTP would.</summary>
    public void JumpWallClock(TimeSpan time)
    {
        lock (_lock)
        {
            _utcNow += time;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private FakeTimer? NextDue(long target)
    {
        lock (_lock)
        {
            var timer = _timers.Where(t => t.DueTicks <= target).MinBy(t => t.DueTicks);
            if (timer is not null)
            {
                Move(Math.Max(_ticks, timer.DueTicks));
                timer.Rearm(_ticks);
            }

            return timer;
        }
    }

    private void Move(long ticks)
    {
        _utcNow += TimeSpan.FromTicks(ticks - _ticks);
        _ticks = ticks;
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long DueTicks { get; private set; }

        public void Fire() => callback(state);

        public void Rearm(long now)
        {
            if (_period > TimeSpan.Zero)
            {
                DueTicks = now + _period.Ticks;
            }
            else
            {
                clock._timers.Remove(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var fireNow = false;
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime == TimeSpan.Zero)
                {
                    fireNow = true;
                }

                if (dueTime > TimeSpan.Zero || (fireNow && period > TimeSpan.Zero))
                {
                    DueTicks = clock._ticks + (fireNow ? period : dueTime).Ticks;
                    clock._timers.Add(this);
                }
            }

            if (fireNow)
            {
                ThreadPool.QueueUserWorkItem(_ => Fire());
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
