using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Health;

/// <summary>The configuration database, by a row of it.</summary>
internal sealed class HomeDatabase(IDbContextFactory<MaoHomeContext> contexts) : IDependency
{
    public string Name => DependencyNames.Database;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Users.AnyAsync(cancellationToken);
        return HealthFinding.Healthy();
    }
}
