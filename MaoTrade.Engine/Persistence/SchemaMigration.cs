using MaoTrade.Engine.Persistence.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaoTrade.Engine.Persistence;

/// <summary>Brings a database to the current schema. The caller holds the account's lease, so nobody else migrates it.</summary>
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

    public static async Task ApplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        if (await HasAllAsync(connection, cancellationToken))
        {
            return;
        }

        // A migration that was killed leaves EF Core's lock row behind, and every later start would wait for it for ever.
        await ExecuteAsync(connection, "DROP TABLE IF EXISTS __EFMigrationsLock", cancellationToken);
        await ExecuteAsync(connection, "PRAGMA journal_mode=WAL", cancellationToken);
        var options = new DbContextOptionsBuilder<EngineContext>()
            .UseSqlite(connection)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
        await using var context = new EngineContext(options);
        await context.Database.MigrateAsync(cancellationToken);
    }

    private static async Task<bool> HasAllAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = connection.CreateCommand();
        exists.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'";
        if (await exists.ExecuteScalarAsync(cancellationToken) is not 1L)
        {
            return false;
        }

        await using var applied = connection.CreateCommand();
        applied.CommandText = "SELECT count(*) FROM __EFMigrationsHistory";
        return await applied.ExecuteScalarAsync(cancellationToken) is long count && count >= All.Length;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
