using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Health;

/// <summary>Whether every model in use has one active version and its file is there.</summary>
internal sealed class ModelRegistry(IDbContextFactory<MaoDataContext> contexts) : IDependency
{
    public string Name => DependencyNames.Models;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var active = await context.Models.AsNoTracking().Where(model => model.IsActive)
            .Select(model => new { model.Name, model.File }).ToListAsync(cancellationToken);
        var missing = active.Where(model => Path.IsPathRooted(model.File) && !File.Exists(model.File)).Select(model => model.Name).ToList();
        return missing.Count == 0
            ? HealthFinding.Healthy($"{active.Count} active")
            : HealthFinding.Degraded("file missing: " + string.Join(", ", missing));
    }
}
