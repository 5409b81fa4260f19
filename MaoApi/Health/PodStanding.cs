using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Health;

/// <summary>Whether every engine that is meant to run does, by the table of pods.</summary>
internal sealed class PodStanding(IDbContextFactory<MaoHomeContext> contexts) : IDependency
{
    private const int MaxNamed = 20;

    public string Name => DependencyNames.Pods;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var down = context.Pods.AsNoTracking()
            .Where(pod => pod.Account!.IsActive && pod.WantedState == PodStates.Running && pod.State != PodStates.Running)
            .OrderBy(pod => pod.Name);
        var count = await down.CountAsync(cancellationToken);
        if (count == 0)
        {
            return HealthFinding.Healthy();
        }

        var names = await down.Take(MaxNamed).Select(pod => pod.Name).ToListAsync(cancellationToken);
        return HealthFinding.Degraded($"{count} not running: {string.Join(", ", names)}");
    }
}
