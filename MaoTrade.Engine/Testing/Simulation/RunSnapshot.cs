namespace MaoTrade.Engine.Testing.Simulation;

/// <summary>What outlives an engine: its store and its broker.</summary>
/// <param name="Store">Committed rows.</param>
/// <param name="Broker">The broker, its record empty.</param>
/// <param name="Next">Index of the next bar.</param>
internal sealed record RunSnapshot(MemoryStore Store, SimulatedBroker Broker, int Next);
