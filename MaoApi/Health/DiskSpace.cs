using MaoApi.Hosting;

namespace MaoApi.Health;

/// <summary>Room where everything is kept.</summary>
internal sealed class DiskSpace(DataFolder folder) : IDependency
{
    private const long MiB = 1024 * 1024;
    private const long LowBytes = 256 * MiB;

    public string Name => DependencyNames.Disk;

    public Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var free = new DriveInfo(folder.Root).AvailableFreeSpace;
        var message = $"{free / MiB} MiB free";
        return Task.FromResult(free < LowBytes ? HealthFinding.Degraded(message) : HealthFinding.Healthy(message));
    }
}
