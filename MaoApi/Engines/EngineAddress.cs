namespace MaoApi.Engines;

/// <summary>Where an account's engine listens.</summary>
/// <param name="AccountId">The account it trades.</param>
/// <param name="Host">Null while the engine was never started.</param>
/// <param name="Port">TCP port of the wire.</param>
/// <param name="PodId">The process or container that runs it; another one gets a fresh connection and circuit.</param>
/// <param name="IsStopped">Whether its pod does not run: not meant to, not started yet, ended or given up.</param>
internal sealed record EngineAddress(string AccountId, string? Host, int Port, string? PodId, bool IsStopped);
