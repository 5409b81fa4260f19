namespace MaoApi.Health;

/// <summary>Memory of this process, against what the machine or the container lets it have.</summary>
internal sealed class ProcessMemory : IDependency
{
    private const long MiB = 1024 * 1024;
    private const double HighShare = 0.8;

    public string Name => DependencyNames.Memory;

    public Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var used = Environment.WorkingSet;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var message = $"{used / MiB} of {available / MiB} MiB used";
        return Task.FromResult(used > HighShare * available ? HealthFinding.Degraded(message) : HealthFinding.Healthy(message));
    }
}
