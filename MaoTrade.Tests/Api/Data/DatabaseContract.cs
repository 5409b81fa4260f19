using System.Text.Json;
using System.Text.RegularExpressions;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
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
    public async Task What_a_later_version_has_changed_is_refused_by_its_name()
    {
        await MigrateAsync();
        await using (var later = Provider.Home())
        {
            await later.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Later', '9.0.22')");
        }

        var migrating = MigrateAsync;

        (await migrating.Should().ThrowAsync<NewerSchemaException>()).WithMessage("*MaoHome*later version*99990101000000_Later*");
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

    [ContractFact]
    public async Task Text_is_told_apart_to_the_last_letter_and_a_second_one_is_a_duplicate()
    {
        await MigrateAsync();
        await AddAsync(NewUser("ada"));
        await AddAsync(NewUser("Ada"));
        await AddAsync(NewUser("adà"));

        var twice = () => AddAsync(NewUser("ada"));
        var homeless = () => AddAsync(new AccountRole { AccountKey = 99, UserKey = 99, Role = AccountRoles.Owner });

        Provider.IsDuplicate((await twice.Should().ThrowAsync<DbUpdateException>()).Which).Should().BeTrue();
        Provider.IsDuplicate((await homeless.Should().ThrowAsync<DbUpdateException>()).Which).Should().BeFalse("no such account is no duplicate");
        await using var context = Provider.Home();
        (await context.Users.SingleAsync(user => user.UserId == "Ada")).UserId.Should().Be("Ada");
    }

    [ContractFact]
    public async Task Prices_times_and_bytes_come_back_as_they_were()
    {
        await MigrateAsync();
        var at = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 999, TimeSpan.Zero);
        await AddAsync(new BrokerSymbol
        {
            Symbol = new Symbol { Epic = "EURUSD", Name = "Euro € 元 🪙" },
            Broker = new Broker { Code = "paper", Name = "Paper", ManagerClass = "Paper" },
            BrokerEpic = "EUR",
            MinQty = 0.0000000001m,
            MaxQty = 1_000_000_000_000m,
            QtyStep = 123456789.123456789m,
            PriceStep = 0.00001m,
            Currency = "USD",
        });
        await AddAsync(new IdempotentAnswer { Caller = "c", Key = "k", Route = "r", BodyHash = "h", Answer = [0, 255, 10], Created = at, Expires = at });

        await using var context = Provider.Home();
        var terms = await context.BrokerSymbols.Include(row => row.Symbol).SingleAsync();
        (terms.MinQty, terms.MaxQty, terms.QtyStep, terms.PriceStep, terms.Symbol!.Name)
            .Should().Be((0.0000000001m, 1_000_000_000_000m, 123456789.123456789m, 0.00001m, "Euro € 元 🪙"));
        (terms.MinQty.ToString(), terms.MaxQty.ToString(), terms.QtyStep.ToString(), terms.MarginRate.ToString())
            .Should().Be(("0.0000000001", "1000000000000", "123456789.123456789", "1"));
        var answer = await context.IdempotentAnswers.SingleAsync(row => row.Expires == at && row.Created < at.AddMilliseconds(1));
        answer.Answer.Should().Equal(0, 255, 10);
        answer.Created.Should().Be(at);
    }

    [ContractFact]
    public async Task Pages_go_on_where_the_last_one_ended_whatever_they_are_sorted_by()
    {
        await MigrateAsync();
        string[] names = ["a", "A", "b", "a", "B", "á", "a", "_", "Z"];
        var moments = new[] { 5, 3, 5, 1, 9, 3, 5, 2, 8 };
        foreach (var (index, name) in names.Index())
        {
            var modified = DateTimeOffset.UnixEpoch.AddMilliseconds(moments[index]);
            await AddAsync(new TradingSystem { Name = $"S{index}", Description = name, Modified = modified });
        }

        var order = new ListOrder<TradingSystem>().By("text", row => row.Description, row => row.Id).By("time", row => row.Modified, row => row.Id);

        (await NumbersAsync(order, "text")).Should().Equal(1, 4, 8, 7, 0, 3, 6, 2, 5);
        (await NumbersAsync(order, "-text")).Should().Equal(5, 2, 6, 3, 0, 7, 8, 4, 1);
        (await NumbersAsync(order, "time")).Should().Equal(3, 7, 1, 5, 0, 2, 6, 8, 4);
        (await NumbersAsync(order, "-time")).Should().Equal(4, 8, 6, 2, 0, 5, 1, 7, 3);
    }

    private protected abstract Task<IDatabaseUnderTest> CreateAsync();

    private static User NewUser(string userId) => new() { UserId = userId, DisplayName = userId, Email = "x@localhost" };

    private async Task<List<int>> NumbersAsync(ListOrder<TradingSystem> order, string sort)
    {
        await using var context = Provider.Home();
        var numbers = new List<int>();
        JsonElement? after = null;
        do
        {
            var page = await order.ReadAsync(context.TradingSystems.AsNoTracking(), sort, 2, after, CancellationToken.None);
            numbers.AddRange(page.Rows.Select(row => row.Name[1] - '0'));
            after = page.Last;
        }
        while (after is not null);
        return numbers;
    }

    private async Task AddAsync(object row)
    {
        await using var context = Provider.Home();
        context.Add(row);
        await context.SaveChangesAsync();
    }

    private Task MigrateAsync() =>
        Provider.Migrator().MigrateAsync(CancellationToken.None).Within("the migration did not end");

    private static string Describe(ITable table, IColumn column)
    {
        var key = table.PrimaryKey!.Columns.ToList().IndexOf(column) + 1;
        return WithoutLength($"{column.Name} {column.StoreType.ToLowerInvariant()}{(column.IsNullable ? " null" : "")} {key}");
    }

    /// <summary>How long a text or number may be is said by migrations alone.</summary>
    private static string WithoutLength(string column) => Regex.Replace(
        Regex.Replace(column, @"\([\d,]+\)", "", RegexOptions.None, OneSecond), "varchar|longtext", "text", RegexOptions.None, OneSecond);

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
