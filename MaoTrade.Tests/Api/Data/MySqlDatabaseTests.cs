using System.Globalization;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Data;

[NeedsMySql]
public sealed class MySqlDatabaseTests(MariaDbServer server) : DatabaseContract, IClassFixture<MariaDbServer>
{
    [ContractFact]
    public async Task Work_that_met_a_deadlock_is_done_again()
    {
        await using var database = new MySqlUnderTest(server);
        await database.Provider.Migrator().MigrateAsync(CancellationToken.None);
        await using (var context = database.Provider.Home())
        {
            context.AddRange(new Flag { Name = "a", Percent = 0 }, new Flag { Name = "b", Percent = 0 });
            await context.SaveChangesAsync();
        }

        // Both hold their first row before either asks for its second.
        using var bothHold = new Barrier(2);
        var meet = () => Task.Run(() => bothHold.SignalAndWait(TimeSpan.FromSeconds(10)));

        await Task.WhenAll(AddAsync(database, "a", "b", meet), AddAsync(database, "b", "a", meet)).Within("the deadlock was not resolved");

        await using var after = database.Provider.Home();
        (await after.Flags.Select(flag => flag.Percent).ToListAsync()).Should().Equal(2, 2);
    }

    [ContractFact]
    public async Task A_connection_the_server_closed_is_replaced_unseen()
    {
        await using var database = new MySqlUnderTest(server);
        await database.Provider.Migrator().MigrateAsync(CancellationToken.None);
        await using var context = database.Provider.Home();
        await context.Database.OpenConnectionAsync();
        var id = await context.Database.SqlQuery<long>($"SELECT CONNECTION_ID() AS Value").SingleAsync();
        await context.Database.CloseConnectionAsync();
        await using (var other = database.Provider.History())
        {
            await other.Database.ExecuteSqlRawAsync("KILL " + id.ToString(CultureInfo.InvariantCulture));
        }

        (await context.Users.CountAsync()).Should().Be(0);
    }

    [ContractFact]
    public async Task Of_two_processes_that_migrate_one_waits_for_the_other()
    {
        await using var database = new MySqlUnderTest(server);
        var held = await database.Provider.LockAsync(DatabaseName.MaoHome, CancellationToken.None);

        var migration = database.Provider.Migrator().MigrateAsync(CancellationToken.None);
        var other = database.Provider.LockAsync(DatabaseName.MaoData, CancellationToken.None);
        await (await other.Within("another schema's lock is another lock")).DisposeAsync();
        migration.IsCompleted.Should().BeFalse();
        await held.DisposeAsync();

        await migration.Within("the migration did not go on");
    }

    private protected override Task<IDatabaseUnderTest> CreateAsync() =>
        Task.FromResult<IDatabaseUnderTest>(new MySqlUnderTest(server));

    private static async Task AddAsync(MySqlUnderTest database, string one, string other, Func<Task> meet)
    {
        var runs = 0;
        await using var context = database.Provider.Home();
        await context.InTransactionAsync(
            async () =>
            {
                await IncreaseAsync(context, one);
                if (runs++ == 0)
                {
                    await meet();
                }

                await IncreaseAsync(context, other);
                return (runs, true);
            },
            () => Task.FromResult(false),
            CancellationToken.None);
    }

    private static Task<int> IncreaseAsync(MaoHomeContext context, string name) => context.Flags.Where(flag => flag.Name == name)
        .ExecuteUpdateAsync(flag => flag.SetProperty(row => row.Percent, row => row.Percent + 1));
}
