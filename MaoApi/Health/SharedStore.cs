namespace MaoApi.Health;

/// <summary>What several gateways would share. One alone keeps it in its own memory, which is there as long as it is.</summary>
internal sealed class SharedStore : IDependency
{
    public string Name => DependencyNames.SharedStore;

    public Task<HealthFinding> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult(HealthFinding.Healthy("in the memory of this process"));
}
