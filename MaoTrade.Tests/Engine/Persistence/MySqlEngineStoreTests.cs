using System.Data.Common;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Persistence;

[NeedsMySql]
public sealed class MySqlEngineStoreTests(MariaDbServer server) : EngineStoreContract, IClassFixture<MariaDbServer>, IDisposable
{
    private static readonly TradingState Idle = new() { Config = new AccountConfig(true, "23:45", new RiskLimits(), 1) };
    private readonly Lazy<MySqlSchema> _schema = new(() => new MySqlSchema(server));

    protected override IStoreDatabase Database => _schema.Value.Database;

    public void Dispose()
    {
        if (_schema.IsValueCreated)
        {
            _schema.Value.Dispose();
        }
    }

    [ContractFact]
    public async Task A_user_with_rights_on_one_schema_is_enough_and_reaches_no_other()
    {
        using var other = new MySqlSchema(server);
        await other.Database.MigrateAsync(CancellationToken.None);
        var schema = _schema.Value.Name;

        // MySQL's users have 32 letters at most.
        var user = schema[..32];
        _schema.Value.Execute(
            $"CREATE USER '{user}'@'%' IDENTIFIED BY 'its own'",
            $"GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX ON {schema}.* TO '{user}'@'%'");
        try
        {
            var own = _schema.Value.As(options => options with { User = user, Password = "its own" });

            await own.MigrateAsync(CancellationToken.None);
            using var store = new EngineStore(own);
            store.Commit([], Idle with { Version = 3 });
            store.Load().Account!.Version.Should().Be(3);
            var foreign = () => own.Open(TimeSpan.FromSeconds(2)).Read($"SELECT beat FROM {other.Name}.lease", row => row.GetInt64(0));
            foreign.Should().Throw<DbException>();
        }
        finally
        {
            _schema.Value.Execute($"DROP USER '{user}'@'%'");
        }
    }

    [ContractFact]
    public async Task Of_two_engines_that_migrate_one_waits_for_the_other()
    {
        using var holder = _schema.Value.As(options => options with { Name = "mysql" }).Open(TimeSpan.FromSeconds(2));
        holder.Read($"SELECT GET_LOCK('mao.{_schema.Value.Name}', 0)", row => row.GetInt64(0)).Should().Equal(1L);

        var migration = Task.Run(() => Database.MigrateAsync(CancellationToken.None));
        await Until.TrueAsync("the other waits for the lock", TimeSpan.FromSeconds(60), () => Task.FromResult(migration.IsCompleted || holder.Read(
            "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%GET_LOCK%' AND id <> CONNECTION_ID()", row => row.GetInt64(0))[0] > 0));
        migration.IsCompleted.Should().BeFalse();
        holder.Dispose();

        await migration.WaitAsync(TimeSpan.FromSeconds(60));
        using var store = new EngineStore(Database);
        store.Load().Orders.Should().BeEmpty();
    }

    [ContractFact]
    public async Task A_migration_that_was_killed_among_its_statements_goes_on_at_the_next_start()
    {
        await Database.MigrateAsync(CancellationToken.None);
        var name = _schema.Value.Name;
        _schema.Value.Execute(
            $"DELETE FROM {name}.__EFMigrationsHistory", $"DROP TABLE {name}.live", $"DROP TABLE {name}.bars", $"UPDATE {name}.lease SET beat = 7");

        await Database.MigrateAsync(CancellationToken.None);

        using var store = new EngineStore(Database);
        store.TakeSequence(5).Should().Be(IEngineStore.SequenceStep);
        using var connection = Database.Open(TimeSpan.FromSeconds(2));
        connection.Read("SELECT beat FROM lease", row => row.GetInt64(0)).Should().Equal([7L], "what was there stays");
    }

    [ContractFact]
    public async Task Text_that_does_not_fit_is_an_error_and_not_cut()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = new ChangeSet();
        changes.Datastore.Add(("s", new string('k', 191), "value"));

        var commit = () => store.Commit([changes], Idle);

        commit.Should().Throw<DbException>();
    }

    [ContractFact]
    public async Task A_reader_whose_connection_the_server_closed_reads_on()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        store.WaitingEvents(1).Should().BeEmpty();
        using var admin = Database.Open(TimeSpan.FromSeconds(2));
        foreach (var id in admin.Read("SELECT id FROM information_schema.processlist WHERE db = $1 AND id <> CONNECTION_ID()", row => row.GetInt64(0), _schema.Value.Name))
        {
            using var kill = admin.Prepare($"KILL {id}");
            kill.Count();
        }

        store.WaitingEvents(1).Should().BeEmpty();
        var commit = () => store.Commit([], Idle);
        commit.Should().Throw<DbException>("the connection that writes is not replaced: a session begins anew");
    }

    [ContractFact]
    public async Task A_commit_that_reaches_the_server_late_is_waited_for_and_none_comes_after_it()
    {
        await Database.MigrateAsync(CancellationToken.None);
        var lease = new StoreLease("here", TimeProvider.System);
        (await lease.TakeAsync(Database, CancellationToken.None)).Should().BeTrue();

        // The former session's statements are at the server, its commit is still on the way.
        using var late = Database.Open(TimeSpan.FromSeconds(30));
        using var beat = late.Prepare("UPDATE lease SET beat = beat + 1 WHERE id = 1 AND holder = $1");
        using var write = late.Prepare("INSERT INTO positions (epic, document) VALUES ($1, $2)");
        var former = lease.Holder;
        late.Begin();
        beat.Count(former).Should().Be(1);
        write.Count("EURUSD", """{"epic":"EURUSD","qty":1,"avgPrice":1,"lastPrice":1,"openedAt":"2026-01-05T08:00:00.000Z"}""");

        var taking = Task.Run(() => lease.TakeAsync(Database, CancellationToken.None));
        using var admin = Database.Open(TimeSpan.FromSeconds(2));
        await Until.TrueAsync("the next session waits", TimeSpan.FromSeconds(60), () => Task.FromResult(taking.IsCompleted || admin.Read(
            "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'UPDATE lease SET holder%'", row => row.GetInt64(0))[0] > 0));
        taking.IsCompleted.Should().BeFalse();
        late.Commit();

        (await taking.WaitAsync(TimeSpan.FromSeconds(60))).Should().BeTrue();
        using var store = new EngineStore(Database, lease);
        store.Load().Positions.Should().ContainSingle("what was committed late is known to the session that goes on");
        late.Begin();
        beat.Count(former).Should().Be(0, "nothing of the former session passes any more");
    }
}
