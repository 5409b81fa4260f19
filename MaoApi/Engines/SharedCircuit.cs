using MaoApi.Shared;

namespace MaoApi.Engines;

/// <summary>
/// A circuit as all gateways see it together; while the shared store is away, as this one does. What was seen before an outage of the store
/// does not count in it.
/// </summary>
internal sealed class SharedCircuit(string name, StoreLink link, MemoryCircuit own, TimeProvider time) : ICircuit
{
    private readonly Lock _lock = new();
    private readonly long _origin = time.GetTimestamp();
    private bool _isOpen;
    private TimeSpan _trialAt;

    public int State
    {
        get
        {
            if (!link.IsThere)
            {
                return own.State;
            }

            lock (_lock)
            {
                return !_isOpen ? 0 : _trialAt > Now() ? 1 : 2;
            }
        }
    }

    public TimeSpan RetryAfter
    {
        get
        {
            if (!link.IsThere)
            {
                return own.RetryAfter;
            }

            lock (_lock)
            {
                return _isOpen && _trialAt > Now() ? _trialAt - Now() : TimeSpan.Zero;
            }
        }
    }

    public async ValueTask<CircuitPass> BeginAsync()
    {
        var answer = await link.AskAsync(name, static (store, circuit) => store.BeginAsync(circuit));
        if (!answer.IsThere)
        {
            return await own.BeginAsync();
        }

        Remember(answer.Value);
        return new CircuitPass(answer.Value.Allowed, answer.Value.Trial, IsShared: true);
    }

    public async ValueTask EndAsync(CircuitPass pass, CallVerdict verdict)
    {
        if (!pass.IsShared)
        {
            await own.EndAsync(pass, verdict);
            return;
        }

        var answer = await link.AskAsync((name, pass.Trial, verdict), static (store, end) => store.EndAsync(end.name, end.Trial, end.verdict));
        if (answer.IsThere)
        {
            Remember(answer.Value);
        }
        else
        {
            await own.EndAsync(pass with { Trial = 0 }, verdict);
        }
    }

    private void Remember(CircuitAnswer answer)
    {
        lock (_lock)
        {
            _isOpen = answer.IsOpen;
            _trialAt = Now() + answer.RetryAfter;
        }
    }

    private TimeSpan Now() => time.GetElapsedTime(_origin);
}
