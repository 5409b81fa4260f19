using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Persistence.Sqlite;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Tests.Engine.Persistence;

public sealed class SqliteEngineStoreTests : EngineStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IStoreDatabase Database => SqliteStoreDatabase.At(_folder.File("mt.db"));

    private string Connection => new SqliteConnectionStringBuilder { DataSource = _folder.File("mt.db"), Pooling = false }.ToString();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_first_migration_that_was_killed_does_not_lock_out_the_next_start()
    {
        await using (var connection = new SqliteConnection(Connection))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                """
                CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL CONSTRAINT PK___EFMigrationsLock PRIMARY KEY, Timestamp TEXT NOT NULL);
                INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-01 00:00:00');
                """;
            await command.ExecuteNonQueryAsync();
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Database.MigrateAsync(deadline.Token);

        using var store = new EngineStore(Database);
        store.Load().Orders.Should().BeEmpty();
    }
}
