using MaoApi.Shared;

namespace MaoApi.Health;

/// <summary>What several gateways share. One alone keeps it in its own memory, which is there as long as it is.</summary>
internal sealed class SharedStore(StoreLink? link = null) : IDependency
{
    public string Name => DependencyNames.SharedStore;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        if (link is null)
        {
            return HealthFinding.Healthy("in the memory of this process");
        }

        await link.ProbeAsync();
        return link.Fault is { } fault
            ? HealthFinding.Degraded($"{link.Place} is away: {fault}; this gateway counts callers and engines for itself")
            : HealthFinding.Healthy(link.Place);
    }
}
