using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace MaoApi.Data;

/// <summary>Brings the databases to the newest schema. With SQLite the caller holds the data folder's lock.</summary>
internal sealed class DatabaseMigrator(
    IDatabaseProvider provider, IDbContextFactory<MaoHomeContext> home, IDbContextFactory<MaoDataContext> history)
{
    /// <summary>Makes databases that are missing and changes older ones.</summary>
    /// <exception cref="NewerSchemaException">A later version has changed one of them; it stays as it is.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await MigrateAsync(home, DatabaseName.MaoHome, cancellationToken);
        await MigrateAsync(history, DatabaseName.MaoData, cancellationToken);
    }

    private async Task MigrateAsync<T>(IDbContextFactory<T> contexts, DatabaseName database, CancellationToken cancellationToken)
        where T : DbContext
    {
        await using var held = await provider.LockAsync(database, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if ((await AppliedAsync(context, cancellationToken)).Except(context.Database.GetMigrations(), StringComparer.Ordinal).LastOrDefault() is { } later)
        {
            throw new NewerSchemaException(database, later);
        }

        await RemoveStaleLockAsync(context, cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        await provider.TuneAsync(context, cancellationToken);
    }

    private static async Task<IEnumerable<string>> AppliedAsync(DbContext context, CancellationToken cancellationToken)
    {
        var creator = (IRelationalDatabaseCreator)context.Database.GetService<IDatabaseCreator>();
        return await creator.ExistsAsync(cancellationToken) ? await context.Database.GetAppliedMigrationsAsync(cancellationToken) : [];
    }

    /// <summary>
    /// The framework guards migrations by a row that outlives a killed process and would then hold up every later start for ever.
    /// Under our own lock nobody else can be migrating, so a row found here is a dead one.
    /// </summary>
    private async Task RemoveStaleLockAsync(DbContext context, CancellationToken cancellationToken)
    {
        var creator = (IRelationalDatabaseCreator)context.Database.GetService<IDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken) && await provider.HasTableAsync(context, "__EFMigrationsLock", cancellationToken))
        {
            await context.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellationToken);
        }
    }
}
