namespace MaoApi.Engines;

/// <summary>What the shared store says of a circuit.</summary>
/// <param name="Allowed">Whether the call that was asked for may begin.</param>
/// <param name="Trial">Which trial that call is; 0 where it is none.</param>
/// <param name="IsOpen">Whether the circuit is open.</param>
/// <param name="RetryAfter">How long until a trial may pass.</param>
internal readonly record struct CircuitAnswer(bool Allowed, long Trial, bool IsOpen, TimeSpan RetryAfter);
