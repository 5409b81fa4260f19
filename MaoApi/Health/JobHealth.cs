using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Health;

/// <summary>Whether jobs are done when they are due, and the last runs did not fail.</summary>
internal sealed class JobHealth(IDbContextFactory<MaoHomeContext> contexts, TimeProvider time) : IDependency
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    public string Name => DependencyNames.Jobs;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Late;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var bad = await context.Jobs.AsNoTracking()
            .Where(job => job.IsEnabled && (job.Due < before || job.LastState == JobStates.Failed))
            .OrderBy(job => job.Name).Select(job => job.Name).ToListAsync(cancellationToken);
        return bad.Count == 0 ? HealthFinding.Healthy() : HealthFinding.Degraded("late or failed: " + string.Join(", ", bad));
    }
}
