using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace MaoApi.Data;

/// <summary>Brings the database to the newest schema. The caller holds the data folder's lock.</summary>
internal sealed class MaoHomeMigrator(IDbContextFactory<MaoHomeContext> contexts)
{
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await RemoveStaleLockAsync(context, cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
    }

    /// <summary>
    /// The framework guards migrations by a row that outlives a killed process and would then hold up every later start for ever.
    /// Under our own lock nobody else can be migrating, so a row found here is a dead one.
    /// </summary>
    private static async Task RemoveStaleLockAsync(MaoHomeContext context, CancellationToken cancellationToken)
    {
        var creator = (IRelationalDatabaseCreator)context.Database.GetService<IDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken))
        {
            return;
        }

        var tables = await context.Database
            .SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken);
        if (tables == 1)
        {
            await context.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellationToken);
        }
    }
}
