using MaoApi.Http;
using Polly;

namespace MaoApi.Engines;

/// <summary>The circuit inside the pipeline of one engine; <see cref="BreakerState"/> decides, this holds the state.</summary>
internal sealed class BreakerStrategy(TimeProvider time) : ResilienceStrategy<EngineReply>
{
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

    /// <summary>0 closed, 1 open, 2 ready for a trial.</summary>
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

    protected override async ValueTask<Outcome<EngineReply>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<EngineReply>>> callback, ResilienceContext context, TState state)
    {
        if (!TryBegin(out var isTrial))
        {
            return Outcome.FromResult(EngineReply.Refused(ApiCodes.CircuitOpen));
        }

        var verdict = CallVerdict.Unknown;
        try
        {
            var outcome = await callback(context, state);
            verdict = Judge(outcome);
            return outcome;
        }
        finally
        {
            End(verdict, isTrial);
        }
    }

    private static CallVerdict Judge(Outcome<EngineReply> outcome) => outcome switch
    {
        { Exception: not null } => CallVerdict.Unknown,
        { Result.Refusal: null } => CallVerdict.Answered,
        { Result.Refusal.IsOutage: true } => CallVerdict.Outage,
        { Result.Refusal.EngineCode: not null } => CallVerdict.Answered,
        _ => CallVerdict.Unknown,
    };

    private bool TryBegin(out bool isTrial)
    {
        lock (_lock)
        {
            var (allowed, next) = _state.Begin(Now());
            _state = next;
            isTrial = next.IsOpen;
            return allowed;
        }
    }

    private void End(CallVerdict verdict, bool wasTrial)
    {
        lock (_lock)
        {
            _state = _state.End(verdict, wasTrial, Now());
        }
    }

    private TimeSpan Now() => time.GetElapsedTime(_origin);
}
