namespace MaoApi.Engines;

/// <summary>The circuits of the one gateway that runs.</summary>
internal sealed class MemoryBreakers(TimeProvider time) : IBreakerStore
{
    public ICircuit Of(EngineAddress address) => new MemoryCircuit(time);
}
