using MaoApi.Data;
using MaoApi.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MySqlConnector;

namespace MaoApi.Production;

/// <summary>
/// Schemas on a MySQL or MariaDB server. Text is compared byte by byte, as SQLite does: a server's default would take <c>Admin</c> for
/// <c>admin</c>.
/// </summary>
internal sealed class MySqlDatabase(DatabaseOptions options) : IDatabaseProvider
{
    private const string Collation = "utf8mb4_bin";
    private const int Retries = 3;
    private const uint ConnectionSeconds = 3600;
    private const uint WaitSeconds = 10;
    private const uint CommandSeconds = 30;

    /// <summary>Longer than any migration of ours takes.</summary>
    private const int LockSeconds = 120;

    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(2);

    private readonly Lazy<ServerVersion> _version = new(
        () => ServerVersion.AutoDetect(ConnectionString(options, null, 1)), LazyThreadSafetyMode.PublicationOnly);

    public void Configure(DbContextOptionsBuilder builder, DatabaseName database) => builder
        .UseMySql(
            ConnectionString(options, SchemaOf(database), PoolOf(database)),
            _version.Value,
            mysql => mysql
                .ExecutionStrategy(dependencies => new PatientStrategy(dependencies, Retries, MaxRetryDelay, TimeSpan.FromSeconds(WaitSeconds)))
                .CommandTimeout((int)CommandSeconds))
        .ConfigureWarnings(warnings => warnings
            .Ignore(RelationalEventId.PendingModelChangesWarning)

            // Said for each attempt, with the whole stack; who asked says it once for all of them.
            .Log((RelationalEventId.ConnectionError, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug)));

    public async Task<IAsyncDisposable> LockAsync(DatabaseName database, CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(ConnectionString(options, null, 1));
        try
        {
            await connection.OpenAsync(cancellationToken);
            var schema = SchemaOf(database);
            await using var command = connection.CreateCommand();
            command.CommandTimeout = LockSeconds + (int)CommandSeconds;

            // The name was let through by its letters: no statement that makes a schema takes parameters.
            command.CommandText = $"CREATE DATABASE IF NOT EXISTS `{schema}` CHARACTER SET utf8mb4 COLLATE {Collation}";
            await command.ExecuteNonQueryAsync(cancellationToken);
            command.CommandText = "SELECT GET_LOCK(@name, @seconds)";
            command.Parameters.AddWithValue("@name", "mao." + schema);
            command.Parameters.AddWithValue("@seconds", LockSeconds);
            return await command.ExecuteScalarAsync(cancellationToken) is 1 or 1L
                ? new ServerLock(connection)
                : throw new TimeoutException($"Another process has been migrating {schema} for {LockSeconds} seconds.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<string?> FindMissingAsync(DatabaseName database, CancellationToken cancellationToken)
    {
        await using var connection = new MySqlConnection(ConnectionString(options, null, 1));
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = @schema";
        command.Parameters.AddWithValue("@schema", SchemaOf(database));
        return await command.ExecuteScalarAsync(cancellationToken) is 0L
            ? $"there is no schema {SchemaOf(database)} at {options.Host}:{options.Port}, or {options.User} may not use it; mao init makes it"
            : null;
    }

    public async Task<bool> HasTableAsync(DbContext context, string table, CancellationToken cancellationToken) =>
        await context.Database
            .SqlQuery<int>($"SELECT COUNT(*) AS Value FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = {table}")
            .SingleAsync(cancellationToken) == 1;

    public bool IsDuplicate(DbUpdateException fault) =>
        fault.InnerException is MySqlException { ErrorCode: MySqlErrorCode.DuplicateKeyEntry };

    public Task TuneAsync(DbContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    private static string ConnectionString(DatabaseOptions options, string? schema, int pool) => new MySqlConnectionStringBuilder
    {
        Server = options.Host,
        Port = (uint)options.Port,
        UserID = options.User,
        Password = options.Password,
        Database = schema ?? "",
        Pooling = schema is not null,
        MaximumPoolSize = (uint)pool,
        ConnectionLifeTime = ConnectionSeconds,
        ConnectionTimeout = WaitSeconds,
        DefaultCommandTimeout = CommandSeconds,
    }.ConnectionString;

    private string SchemaOf(DatabaseName database) => database switch
    {
        DatabaseName.MaoHome => options.MaoHome,
        _ => options.MaoData,
    };

    /// <summary>Two thirds for the configuration, which every request needs, the rest for history.</summary>
    private int PoolOf(DatabaseName database) => database switch
    {
        DatabaseName.MaoHome => options.Pool - (options.Pool / 3),
        _ => options.Pool / 3,
    };

    /// <summary>The server gives the lock back with the connection that took it, also when this process is killed.</summary>
    private sealed class ServerLock(MySqlConnection connection) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
