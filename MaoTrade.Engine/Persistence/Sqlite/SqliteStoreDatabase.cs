using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence.Sqlite;

/// <summary>
/// The account's SQLite file: write-ahead log, synchronous=FULL, so that a commit that returned survives a power cut.
/// </summary>
/// <param name="connectionString">Where it is.</param>
/// <param name="statements">Writes what is run to the log; null = nothing does.</param>
public sealed class SqliteStoreDatabase(string connectionString, StatementLog? statements = null) : IStoreDatabase
{
    /// <summary>The file; relative to the working folder where it was named so.</summary>
    private readonly string _file = new SqliteConnectionStringBuilder(connectionString).DataSource;

    /// <summary>A file. Unpooled: a session looks at the one that has the name now, not at one that was moved aside.</summary>
    public static SqliteStoreDatabase At(string file, StatementLog? statements = null) =>
        new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 2 }.ToString(), statements);

    public StoreSql Sql { get; } = new SqliteSql();

    public IStoreConnection Open(TimeSpan patience) => new SqliteStoreConnection(connectionString, patience, statements);

    public IStoreReader OpenReader() => SqliteReader.Open(connectionString);

    public void Check() => CorruptStore.Check(_file, connectionString);

    public Task MigrateAsync(CancellationToken cancellationToken) => SchemaMigration.ApplyAsync(connectionString, cancellationToken);

    public string KeepAside(DateTimeOffset now) => CorruptStore.MayBeOfOthers(_file)
        ? throw new LeaseLostException($"the database {_file} is damaged and lies elsewhere, where another engine may use it; it stays as it is")
        : CorruptStore.KeepAside(_file, now);

    public override string ToString() => _file;
}
