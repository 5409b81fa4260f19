using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Production.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MySqlConnector;

namespace MaoTrade.Engine.Production;

/// <summary>
/// The account's schema on a MySQL or MariaDB server. A commit that returned survives a power cut: a server that is set to
/// lose it is refused.
/// </summary>
internal sealed class MySqlStoreDatabase(StoreOptions options, StatementLog? statements) : IStoreDatabase
{
    private const string Collation = "utf8mb4_bin";
    private const int UnknownSchema = 1049;

    /// <summary>A commit that takes longer fails, and trading begins anew from what the server has.</summary>
    private const int WriteSeconds = 5;

    /// <summary>
    /// The server ends a connection that is silent for so long, and undoes what it began: otherwise the lock of a session
    /// whose machine is gone would hold the account for hours. Four times as long as a holder's beats are apart.
    /// </summary>
    private const int SilentSeconds = 20;

    private const uint ReadSeconds = 30;
    private const uint PoolWaitSeconds = 10;
    private const uint PooledSeconds = 3600;

    /// <summary>Longer than any migration of ours takes.</summary>
    private const int LockSeconds = 120;

    private static readonly string[] All = [InitialSchema.Id];

    public StoreSql Sql { get; } = new MySqlSql();

    public IStoreConnection Open(TimeSpan patience)
    {
        var connection = Connect((uint)WriteSeconds);
        try
        {
            Prepare(connection, patience);
            return new MySqlStoreConnection(connection, WriteSeconds, statements);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public IStoreReader OpenReader() => new MySqlReader(
        new MySqlConnectionStringBuilder(ConnectionString(options.Name, ReadSeconds))
        {
            Pooling = true,
            MaximumPoolSize = (uint)options.Pool,
            ConnectionLifeTime = PooledSeconds,
            ConnectionTimeout = PoolWaitSeconds,
        }.ConnectionString);

    public void Check()
    {
        // The server looks after its own files.
    }

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        using (var store = Open(TimeSpan.FromSeconds(WriteSeconds)))
        {
            if (SchemaVersion.IsCurrent(store, All))
            {
                return;
            }
        }

        await using var connection = Connect(LockSeconds + ReadSeconds);
        Prepare(connection, TimeSpan.FromSeconds(ReadSeconds), LockSeconds + (int)ReadSeconds);
        await using (var command = connection.CreateCommand())
        {
            // Given back with the connection, also when this process is killed.
            command.CommandText = "SELECT GET_LOCK(@name, @seconds)";
            command.Parameters.AddWithValue("@name", "mao." + options.Name);
            command.Parameters.AddWithValue("@seconds", LockSeconds);
            if (await command.ExecuteScalarAsync(cancellationToken) is not (1 or 1L))
            {
                throw new MySqlFault(new TimeoutException($"another process has been migrating {options.Name} for {LockSeconds} seconds"));
            }
        }

        var model = new DbContextOptionsBuilder<MySqlEngineContext>()
            .UseMySql(connection, ServerVersion.AutoDetect(connection))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
        await using var context = new MySqlEngineContext(model);
        await context.Database.MigrateAsync(cancellationToken);
    }

    public string KeepAside(DateTimeOffset now) => throw new StoreRefusedException($"the database {this} is damaged: restore it from a back-up");

    public override string ToString() => options.ToString();

    /// <summary>What every session relies on, whatever the server's own settings are.</summary>
    private static void Prepare(MySqlConnection connection, TimeSpan patience, int silentSeconds = SilentSeconds)
    {
        using var command = connection.CreateCommand();

        // Strict: text that does not fit is an error and is not cut.
        command.CommandText =
            """
            SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', autocommit = 1, innodb_lock_wait_timeout = @patience,
              wait_timeout = @silent, net_read_timeout = @silent;
            SELECT @@innodb_flush_log_at_trx_commit;
            """;
        command.Parameters.AddWithValue("@patience", (int)patience.TotalSeconds);
        command.Parameters.AddWithValue("@silent", silentSeconds);
        if (Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) is var flush and not 1)
        {
            throw new StoreRefusedException($"the database server forgets commits in a power cut: innodb_flush_log_at_trx_commit is {flush}, 1 is needed");
        }
    }

    private MySqlConnection Connect(uint commandSeconds)
    {
        try
        {
            return Connect(options.Name, commandSeconds);
        }
        catch (MySqlException exception) when (exception.Number == UnknownSchema)
        {
            using (var server = Connect("", commandSeconds))
            using (var create = server.CreateCommand())
            {
                // The name was let through by its letters: no statement that makes a schema takes parameters.
                create.CommandText = $"CREATE DATABASE IF NOT EXISTS `{options.Name}` CHARACTER SET utf8mb4 COLLATE {Collation}";
                create.ExecuteNonQuery();
            }

            return Connect(options.Name, commandSeconds);
        }
    }

    private MySqlConnection Connect(string schema, uint commandSeconds)
    {
        var connection = new MySqlConnection(ConnectionString(schema, commandSeconds));
        try
        {
            connection.Open();
            return connection;
        }
        catch (Exception exception)
        {
            connection.Dispose();
            if (MySqlFault.IsLost(exception))
            {
                throw new MySqlFault(exception);
            }

            throw;
        }
    }

    private string ConnectionString(string schema, uint commandSeconds) => new MySqlConnectionStringBuilder
    {
        Server = options.Host,
        Port = (uint)options.Port,
        UserID = options.User,
        Password = options.Password,
        Database = schema,
        Pooling = false,
        ConnectionTimeout = (uint)WriteSeconds,
        DefaultCommandTimeout = commandSeconds,

        // What EF Core migrates with.
        AllowUserVariables = true,
    }.ConnectionString;
}
