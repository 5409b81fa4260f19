namespace MaoApi.Engines;

/// <summary>The circuit of one engine, by the rules of <see cref="BreakerState"/>. Safe from any thread.</summary>
internal interface ICircuit
{
    /// <summary>As far as this gateway knows: 0 closed, 1 open, 2 ready for a trial.</summary>
    int State { get; }

    /// <summary>How long until a trial may pass, as far as this gateway knows.</summary>
    TimeSpan RetryAfter { get; }

    /// <summary>Asks to begin a call.</summary>
    ValueTask<CircuitPass> BeginAsync();

    /// <summary>A call that was allowed has ended.</summary>
    ValueTask EndAsync(CircuitPass pass, CallVerdict verdict);
}
