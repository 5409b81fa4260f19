namespace MaoApi.Engines;

/// <summary>A circuit as this gateway sees it; <see cref="BreakerState"/> decides, this holds the state.</summary>
internal sealed class MemoryCircuit(TimeProvider time) : ICircuit
{
    private const long OnlyTrial = 1;

    private readonly Lock _lock = new();
    private readonly long _origin = time.GetTimestamp();
    private BreakerState _state = BreakerState.Closed;

    public TimeSpan RetryAfter
    {
        get
        {
            lock (_lock)
            {
                return _state.RetryAfter(Now());
            }
        }
    }

    public int State
    {
        get
        {
            lock (_lock)
            {
                return !_state.IsOpen ? 0 : _state.RetryAfter(Now()) > TimeSpan.Zero ? 1 : 2;
            }
        }
    }

    public ValueTask<CircuitPass> BeginAsync()
    {
        lock (_lock)
        {
            var (allowed, next) = _state.Begin(Now());
            _state = next;
            return new(new CircuitPass(allowed, allowed && next.IsOpen ? OnlyTrial : 0, IsShared: false));
        }
    }

    public ValueTask EndAsync(CircuitPass pass, CallVerdict verdict)
    {
        lock (_lock)
        {
            _state = _state.End(verdict, pass.Trial != 0, Now());
        }

        return ValueTask.CompletedTask;
    }

    private TimeSpan Now() => time.GetElapsedTime(_origin);
}
