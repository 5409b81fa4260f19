using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Health;

/// <summary>The database of market history, by a row of it.</summary>
internal sealed class HistoryDatabase(IDbContextFactory<MaoDataContext> contexts) : IDependency
{
    public string Name => DependencyNames.HistoryDatabase;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Tickers.AnyAsync(cancellationToken);
        return HealthFinding.Healthy();
    }
}
