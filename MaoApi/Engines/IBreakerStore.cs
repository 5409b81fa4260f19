namespace MaoApi.Engines;

/// <summary>Keeps the circuits of engines: in memory where one gateway runs, in the shared store where several do. Safe from any thread.</summary>
internal interface IBreakerStore
{
    /// <summary>The circuit of the engine at an address; an engine that has moved begins with another one.</summary>
    ICircuit Of(EngineAddress address);
}
