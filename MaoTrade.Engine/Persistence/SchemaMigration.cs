using MaoTrade.Engine.Persistence.Migrations;
using MaoTrade.Engine.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaoTrade.Engine.Persistence;

/// <summary>Brings a SQLite database to the current schema. The caller holds the account's lease, so nobody else migrates it.</summary>
public static class SchemaMigration
{
    /// <summary>All migrations; a database that has them needs nothing and is not asked by EF Core at all.</summary>
    private static readonly string[] All =
    [
        InitialSchema.Id,
        SystemData.Id,
        OrderLife.Id,
        Feeds.Id,
        EquityDays.Id,
        Trades.Id,
        GatewayEvents.Id,
        LiveBars.Id,
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="StoreRefusedException">The schema is of a later program.</exception>
    public static async Task ApplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        using (var store = new SqliteStoreDatabase(connectionString).Open(Patience))
        {
            if (SchemaVersion.IsCurrent(store, All))
            {
                return;
            }
        }

        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);

        // A migration that was killed leaves EF Core's lock row behind, and every later start would wait for it for ever.
        await ExecuteAsync(connection, "DROP TABLE IF EXISTS __EFMigrationsLock", cancellationToken);
        var options = new DbContextOptionsBuilder<EngineContext>()
            .UseSqlite(connection)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
        await using var context = new EngineContext(options);
        await context.Database.MigrateAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
