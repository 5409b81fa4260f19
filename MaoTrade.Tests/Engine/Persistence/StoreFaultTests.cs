using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>A disk and a database as they are on a bad day.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private static readonly TradingState State = StoreSamples.State();
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("mt.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_database_locked_by_somebody_fails_the_commit_soon_and_takes_the_next_one()
    {
        await SchemaMigration.ApplyAsync(Connection(File), CancellationToken.None);
        using var store = new EngineStore(Connection(File));
        using var other = new SqliteConnection(Connection(File));
        await other.OpenAsync();
        using var held = other.BeginTransaction(deferred: false);
        var began = TimeProvider.System.GetTimestamp();

        var commit = () => store.Commit([With("01")], State);

        commit.Should().Throw<SqliteException>().Which.SqliteErrorCode.Should().Be(5);
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(8));
        held.Rollback();
        store.Load().Orders.Should().BeEmpty();
        store.Commit([With("01")], State);
        store.Load().Orders.Should().ContainSingle();
    }

    [Fact]
    public async Task A_torn_last_write_is_there_whole_or_not_at_all()
    {
        await SchemaMigration.ApplyAsync(Connection(File), CancellationToken.None);
        using var store = new EngineStore(Connection(File));
        store.Commit([With("01")], State);
        store.Commit([With("02")], State);
        var before = await ReadAsync(File + "-wal");
        store.Commit([With("03")], State);
        var after = await ReadAsync(File + "-wal");
        var database = await ReadAsync(File);
        after.Length.Should().BeGreaterThan(before.Length, "the log grew by the last commit");

        var seen = new HashSet<string>();
        for (var end = before.Length; end <= after.Length; end += Step(end, before.Length))
        {
            seen.Add(await OrdersAfterAsync(database, after[..end]));
        }

        seen.Should().BeEquivalentTo("01,02", "01,02,03");
        (await OrdersAfterAsync(database, after)).Should().Be("01,02,03");
    }

    [Fact]
    public async Task A_last_write_with_a_flipped_bit_is_not_there_and_the_earlier_ones_are()
    {
        await SchemaMigration.ApplyAsync(Connection(File), CancellationToken.None);
        using var store = new EngineStore(Connection(File));
        store.Commit([With("01")], State);
        var before = (await ReadAsync(File + "-wal")).Length;
        store.Commit([With("02")], State);
        var log = await ReadAsync(File + "-wal");
        var database = await ReadAsync(File);

        for (var at = before; at < log.Length; at += 509)
        {
            var torn = log.ToArray();
            torn[at] ^= 0x10;
            (await OrdersAfterAsync(database, torn)).Should().Be("01", $"byte {at} is damaged");
        }
    }

    [Fact]
    public async Task A_damaged_database_is_seen_and_kept_aside_with_its_companions()
    {
        await SchemaMigration.ApplyAsync(Connection(File), CancellationToken.None);
        using (var store = new EngineStore(Connection(File)))
        {
            store.Commit([With("01")], State);
        }

        var bytes = await ReadAsync(File);
        bytes.AsSpan(0, 4_096).Fill(0x55);
        await System.IO.File.WriteAllBytesAsync(File, bytes);

        var check = () => CorruptStore.Check(File, Connection(File));
        CorruptStore.IsDamage(check.Should().Throw<SqliteException>().Which).Should().BeTrue();

        var aside = CorruptStore.KeepAside(File, StoreSamples.At);
        aside.Should().Be(File + ".corrupt-20260105T080000Z");
        (await ReadAsync(aside)).Should().Equal(bytes, "whoever looks into it finds what was there");
        System.IO.File.Exists(File).Should().BeFalse();
        await SchemaMigration.ApplyAsync(Connection(File), CancellationToken.None);
    }

    [Fact]
    public async Task A_stored_document_that_cannot_be_read_is_damage_and_not_a_fault_of_the_engine()
    {
        await SchemaMigration.ApplyAsync(Connection(File), CancellationToken.None);
        using var store = new EngineStore(Connection(File));
        store.Commit([With("01")], State);
        await using (var connection = new SqliteConnection(Connection(File)))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE orders SET document = '{\"orderId\":'";
            await command.ExecuteNonQueryAsync();
        }

        var load = () => store.Load();

        CorruptStore.IsDamage(load.Should().Throw<DamagedStoreException>().Which).Should().BeTrue();
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(10, false)]
    [InlineData(13, false)]
    [InlineData(11, true)]
    [InlineData(26, true)]
    public void Only_damage_is_damage(int code, bool damaged)
    {
        var error = new StoreLostException(new SqliteException("as told", code));

        CorruptStore.IsDamage(error).Should().Be(damaged);
    }

    private static int Step(int at, int start) => (at - start) % 4_120 is < 40 or > 4_080 ? 1 : 97;

    private static string Connection(string file) =>
        new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 2 }.ToString();

    /// <summary>The bytes of a file that is open elsewhere.</summary>
    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static ChangeSet With(string id)
    {
        var changes = new ChangeSet();
        changes.Orders[id] = (StoreSamples.Order(id, $"R{id}"), 0);
        return changes;
    }

    private async Task<string> OrdersAfterAsync(byte[] database, byte[] log)
    {
        var copy = _folder.File("copy.db");
        System.IO.File.Delete(copy + "-shm");
        await System.IO.File.WriteAllBytesAsync(copy, database);
        await System.IO.File.WriteAllBytesAsync(copy + "-wal", log);
        using var connection = new SqliteConnection(Connection(copy));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(order_id) FROM (SELECT order_id FROM orders ORDER BY order_id)";
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
