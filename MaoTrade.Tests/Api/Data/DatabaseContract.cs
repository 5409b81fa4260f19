using System.Text.RegularExpressions;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaoTrade.Tests.Api.Data;

/// <summary>What the gateway relies on in every kind of database.</summary>
public abstract class DatabaseContract : IAsyncLifetime
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private IDatabaseUnderTest? _database;

    private IDatabaseProvider Provider => _database!.Provider;

    public async Task InitializeAsync() => _database = await CreateAsync();

    public Task DisposeAsync() => _database!.DisposeAsync().AsTask();

    [ContractFact]
    public async Task The_migrated_schema_is_the_model()
    {
        await MigrateAsync();
        await using var home = Provider.Home();
        await using var history = Provider.History();

        foreach (var context in new DbContext[] { home, history })
        {
            foreach (var table in context.Model.GetRelationalModel().Tables)
            {
                var columns = await _database!.ColumnsAsync(context, table.Name);
                columns.Select(WithoutLength).Should().BeEquivalentTo(table.Columns.Select(column => Describe(table, column)), table.Name);
                var indexes = await _database.IndexesAsync(context, table.Name);
                indexes.Should().BeEquivalentTo(table.Indexes.Select(Describe), table.Name);
                var keys = await _database.ForeignKeysAsync(context, table.Name);
                keys.Should().BeEquivalentTo(table.ForeignKeyConstraints.Select(Describe), table.Name);
            }
        }
    }

    [ContractFact]
    public async Task A_database_of_the_earlier_schema_keeps_its_rows()
    {
        await using (await Provider.LockAsync(DatabaseName.MaoHome, CancellationToken.None))
        {
            await using var earlier = Provider.Home();
            await EarlierSchema.CreateAsync(earlier);
        }

        await MigrateAsync();

        await using var context = Provider.Home();
        var user = await context.Users.SingleAsync();
        (user.UserId, user.ValidUntil, user.Status, user.IsAdmin, user.TokensFrom, user.Version)
            .Should().Be(("ada", DateTimeOffset.FromUnixTimeMilliseconds(1767225600000), UserStatus.Active, true, null, 3));
        (await context.Credentials.SingleAsync()).LoginCount.Should().Be(7);
        (await context.Sessions.SingleAsync()).DeviceId.Should().Be("phone");
        var terms = await context.BrokerSymbols.Include(row => row.Broker).Include(row => row.Symbol).SingleAsync();
        (terms.MinQty, terms.MaxQty, terms.QtyStep, terms.PriceStep, terms.FeeRate, terms.MarginRate)
            .Should().Be((0.5m, 1_000_000m, 0.25m, 0.00001m, 0m, 1m));
        (terms.Version, terms.Broker!.Version, terms.Symbol!.Version, terms.Broker.Config).Should().Be((1, 1, 1, """{"seed":5}"""));
        var account = await context.Accounts.Include(row => row.Pod).SingleAsync();
        (account.AccountId, account.AccountData, account.Config, account.Version, account.Pod!.PodId)
            .Should().Be(("one", "secret", """{"a":1}""", 9, "17/abc"));
        (await context.AccountRoles.SingleAsync()).Version.Should().Be(1);
    }

    [ContractFact]
    public async Task Every_migration_can_be_taken_back_and_done_again()
    {
        await MigrateAsync();
        await using (var home = Provider.Home())
        {
            await home.GetService<IMigrator>().MigrateAsync("0");
        }

        await using (var history = Provider.History())
        {
            await history.GetService<IMigrator>().MigrateAsync("0");
        }

        await The_migrated_schema_is_the_model();
    }

    [ContractFact]
    public async Task A_start_killed_in_its_first_migration_starts_again()
    {
        await using (await Provider.LockAsync(DatabaseName.MaoHome, CancellationToken.None))
        {
            await using var killed = Provider.Home();

            // What a killed process leaves: the framework's lock taken, nothing migrated.
            await killed.Database.OpenConnectionAsync();
            await killed.Database.ExecuteSqlRawAsync(
                """
                CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL);
                INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-05');
                """);
        }

        await MigrateAsync();

        await using var migrated = Provider.Home();
        (await migrated.Users.CountAsync()).Should().Be(0);
    }

    [ContractFact]
    public async Task Migrating_again_changes_nothing()
    {
        await MigrateAsync();
        await MigrateAsync();
    }

    [ContractFact]
    public async Task A_change_made_with_a_stale_version_is_refused()
    {
        await MigrateAsync();
        await using (var context = Provider.Home())
        {
            context.Add(new User { UserId = "ada", DisplayName = "Ada", Email = "ada@localhost" });
            await context.SaveChangesAsync();
        }

        await using var one = Provider.Home();
        await using var other = Provider.Home();
        (await one.Users.SingleAsync()).Email = "one@localhost";
        (await other.Users.SingleAsync()).Email = "other@localhost";
        await one.SaveChangesAsync();

        var stale = () => other.SaveChangesAsync();

        await stale.Should().ThrowAsync<DbUpdateConcurrencyException>();
        await using var after = Provider.Home();
        (await after.Users.SingleAsync()).Should().BeEquivalentTo(new { Email = "one@localhost", Version = 2L });
    }

    [ContractFact]
    public async Task Every_row_that_may_be_changed_by_two_carries_a_version()
    {
        await using var home = Provider.Home();
        await using var history = Provider.History();

        var versioned = home.Model.GetEntityTypes().Concat(history.Model.GetEntityTypes())
            .Where(type => type.ClrType.IsAssignableTo(typeof(IVersioned))).ToList();

        versioned.Should().HaveCountGreaterThan(10);
        versioned.Should().OnlyContain(type => type.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken);
    }

    private protected abstract Task<IDatabaseUnderTest> CreateAsync();

    private Task MigrateAsync() =>
        Provider.Migrator().MigrateAsync(CancellationToken.None).Within("the migration did not end");

    private static string Describe(ITable table, IColumn column)
    {
        var key = table.PrimaryKey!.Columns.ToList().IndexOf(column) + 1;
        return WithoutLength($"{column.Name} {column.StoreType.ToLowerInvariant()}{(column.IsNullable ? " null" : "")} {key}");
    }

    /// <summary>How long a text or number may be is said by migrations alone.</summary>
    private static string WithoutLength(string column) => Regex.Replace(
        Regex.Replace(column, @"\(\d+(,\d+)?\)", "", RegexOptions.None, OneSecond), "varchar|longtext", "text", RegexOptions.None, OneSecond);

    private static string Describe(ITableIndex index) =>
        $"{string.Join(',', index.Columns.Select(column => column.Name))} {(index.IsUnique ? 1 : 0)}";

    private static string Describe(IForeignKeyConstraint key) =>
        $"{key.Columns.Single().Name} {key.PrincipalTable.Name} {Action(key.OnDeleteAction)}";

    private static string Action(ReferentialAction action) => action switch
    {
        ReferentialAction.Cascade => "cascade",
        ReferentialAction.SetNull => "set null",
        ReferentialAction.Restrict => "restrict",
        _ => "no action",
    };
}
