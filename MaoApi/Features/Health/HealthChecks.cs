using System.Data.Common;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Health;

/// <summary>One part of the gateway, looked at.</summary>
/// <param name="Status"><see cref="Healthy"/>, <see cref="Degraded"/> or <see cref="Unhealthy"/>.</param>
/// <param name="Ms">How long looking took, milliseconds.</param>
/// <param name="Message">For people.</param>
internal sealed record HealthCheck(string Status, long Ms, string Message)
{
    public const string Healthy = "healthy";
    public const string Degraded = "degraded";
    public const string Unhealthy = "unhealthy";
}

/// <summary>Looks at what the gateway needs: its database, the engines it keeps running, room on the disk.</summary>
internal sealed class HealthChecks(IDbContextFactory<MaoHomeContext> contexts, DataFolder folder, TimeProvider time)
{
    public const string Database = "database";
    public const string Pods = "pods";
    public const string Disk = "disk";

    private const long LowDiskBytes = 256L * 1024 * 1024;

    public async Task<IReadOnlyDictionary<string, HealthCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var checks = new Dictionary<string, HealthCheck>(StringComparer.Ordinal);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var down = await context.Pods.AsNoTracking()
                .Where(pod => pod.Account!.IsActive && pod.WantedState == PodStates.Running && pod.State != PodStates.Running)
                .Select(pod => pod.Name).ToListAsync(cancellationToken);
            checks[Database] = new HealthCheck(HealthCheck.Healthy, Elapsed(started), "");
            checks[Pods] = down.Count == 0
                ? new HealthCheck(HealthCheck.Healthy, 0, "")
                : new HealthCheck(HealthCheck.Degraded, 0, "not running: " + string.Join(", ", down));
        }
        catch (DbException fault)
        {
            checks[Database] = new HealthCheck(HealthCheck.Unhealthy, Elapsed(started), fault.Message);
        }

        var free = new DriveInfo(folder.Root).AvailableFreeSpace;
        checks[Disk] = new HealthCheck(
            free < LowDiskBytes ? HealthCheck.Degraded : HealthCheck.Healthy, 0, $"{free / (1024 * 1024)} MiB free");
        return checks;
    }

    private long Elapsed(long started) => (long)time.GetElapsedTime(started).TotalMilliseconds;
}
