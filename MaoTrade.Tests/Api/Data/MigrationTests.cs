using MaoApi.Data;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MaoTrade.Tests.Api.Data;

public sealed class MigrationTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _temp.Dispose();
    }

    [Fact]
    public async Task The_migrated_schema_is_the_model()
    {
        await Migrator().MigrateAsync(CancellationToken.None);

        await using var context = new Factory(_temp).CreateDbContext();
        foreach (var table in context.Model.GetRelationalModel().Tables)
        {
            var columns = await context.Database
                .SqlQuery<string>($"SELECT name || ':' || \"notnull\" || ':' || (pk > 0) AS Value FROM pragma_table_info({table.Name})")
                .ToListAsync();
            columns.Should().BeEquivalentTo(table.Columns.Select(column => Describe(table, column)), table.Name);
        }
    }

    [Fact]
    public async Task A_start_killed_in_its_first_migration_starts_again()
    {
        await using (var context = new Factory(_temp).CreateDbContext())
        {
            // What a killed process leaves: the framework's lock taken, nothing migrated.
            await context.Database.OpenConnectionAsync();
            await context.Database.ExecuteSqlRawAsync(
                """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-05');
                """);
        }

        await Migrator().MigrateAsync(CancellationToken.None).Within("the migration waited for a dead process");

        await using var migrated = new Factory(_temp).CreateDbContext();
        (await migrated.Users.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await Migrator().MigrateAsync(CancellationToken.None);
        await Migrator().MigrateAsync(CancellationToken.None).Within("the second migration did not end");
    }

    [Fact]
    public async Task A_change_made_with_a_stale_version_is_refused()
    {
        await using var gateway = await Gateway.StartAsync();
        await using var one = gateway.Database();
        await using var other = gateway.Database();
        one.Users.Single(user => user.UserId == "owner").Email = "one@localhost";
        other.Users.Single(user => user.UserId == "owner").Email = "other@localhost";
        await one.SaveChangesAsync();

        var stale = () => other.SaveChangesAsync();

        await stale.Should().ThrowAsync<DbUpdateConcurrencyException>();
    }

    private static string Describe(ITable table, IColumn column) =>
        $"{column.Name}:{(column.IsNullable ? 0 : 1)}:{(table.PrimaryKey!.Columns.Contains(column) ? 1 : 0)}";

    private MaoHomeMigrator Migrator() => new(new Factory(_temp));

    private sealed class Factory(TemporaryFolder folder) : IDbContextFactory<MaoHomeContext>
    {
        public MaoHomeContext CreateDbContext() => new(new DbContextOptionsBuilder<MaoHomeContext>()
            .UseSqlite($"Data Source={folder.Path}/maohome.db")
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options);
    }
}
