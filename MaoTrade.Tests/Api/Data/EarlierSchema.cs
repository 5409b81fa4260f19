using MaoApi.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace MaoTrade.Tests.Api.Data;

/// <summary>A database as the first release of the schema left it, with a row in every table.</summary>
internal static class EarlierSchema
{
    private static readonly string[] Rows =
    [
        "INSERT INTO mtrace_users VALUES (1, 'ada', 'Ada', 'ada@localhost', 1767225600000, 1, 1, 3)",
        "INSERT INTO mao_credentials VALUES (1, 'hash', 2, NULL, 1767225600001, 7)",
        "INSERT INTO mao_sessions VALUES (1, 1, 'family', 'token', 1767225600002, NULL, 43200, '127.0.0.1', 'phone')",
        "INSERT INTO brokers VALUES (1, 'paper', 'Paper', 'Paper', '{\"seed\":5}')",
        "INSERT INTO symbols VALUES (1, NULL, 'EURUSD', 'Euro', 1, 4)",
        "INSERT INTO symbols_brokers VALUES (1, 1, 1, 'EUR/USD', '0.5', '1000000', '0.25', '0.00001', 'USD')",
        "INSERT INTO accounts VALUES (1, 1, 'one', 'One', 'secret', 0, 1, '127.0.0.1', 2260, 1, '{\"a\":1}', 1767225600003, 1767225600004, 9)",
        "INSERT INTO mtpods VALUES (1, '17/abc', 'mt-one', '', 'running', NULL, 'running', NULL, 1767225600005, 2, '{}')",
        "INSERT INTO mao_account_roles VALUES (1, 1, 'owner')",
    ];

    public static async Task CreateAsync(MaoHomeContext context)
    {
        var (id, type) = context.GetService<IMigrationsAssembly>().Migrations.First();
        var migration = context.GetService<IMigrationsAssembly>().CreateMigration(type, context.Database.ProviderName!);
        await context.GetService<IRelationalDatabaseCreator>().CreateIfMissingAsync();
        await context.GetService<IMigrationCommandExecutor>().ExecuteNonQueryAsync(
            context.GetService<IMigrationsSqlGenerator>().Generate(migration.UpOperations), context.GetService<IRelationalConnection>());
        var history = context.GetService<IHistoryRepository>();
        await history.CreateIfNotExistsAsync();
        await context.Database.ExecuteSqlRawAsync(history.GetInsertScript(new HistoryRow(id, "9.0.22")));
        foreach (var row in Rows)
        {
            // Braces of JSON are no places for parameters.
            await context.Database.ExecuteSqlRawAsync(row.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }
    }

    private static async Task CreateIfMissingAsync(this IRelationalDatabaseCreator creator)
    {
        if (!await creator.ExistsAsync())
        {
            await creator.CreateAsync();
        }
    }
}
