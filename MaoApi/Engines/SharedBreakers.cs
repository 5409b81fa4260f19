using MaoApi.Shared;

namespace MaoApi.Engines;

/// <summary>The circuits of all gateways together.</summary>
internal sealed class SharedBreakers(StoreLink link, TimeProvider time) : IBreakerStore
{
    public ICircuit Of(EngineAddress address) =>
        new SharedCircuit($"{address.AccountId}@{address.Host}:{address.Port}/{address.PodId}", link, new MemoryCircuit(time), time);
}
