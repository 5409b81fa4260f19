namespace MaoApi.Engines;

/// <summary>Leave to begin a call, or none.</summary>
/// <param name="Allowed">Whether the call may begin.</param>
/// <param name="Trial">Which trial the call is; 0 where it is none.</param>
/// <param name="IsShared">Whether the shared store gave it: it is told of the end as well.</param>
internal readonly record struct CircuitPass(bool Allowed, long Trial, bool IsShared);
