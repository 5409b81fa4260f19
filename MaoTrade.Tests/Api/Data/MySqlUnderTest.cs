using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Data;

/// <summary>Two schemas of their own on a server.</summary>
internal sealed class MySqlUnderTest : IDatabaseUnderTest
{
    public MySqlUnderTest(MariaDbServer server) => Provider = DatabaseProviders.Built[DatabaseProviders.MySql](server.Fresh(), null!);

    public IDatabaseProvider Provider { get; }

    public Task<List<string>> ColumnsAsync(DbContext context, string table) => context.Database
        .SqlQuery<string>(
            $"""
            SELECT CONCAT(c.column_name, ' ', LOWER(c.column_type), IF(c.is_nullable = 'YES', ' null', ''), ' ', COALESCE(s.seq_in_index, 0)) AS Value
            FROM information_schema.columns c
            LEFT JOIN information_schema.statistics s
                ON s.table_schema = c.table_schema AND s.table_name = c.table_name AND s.column_name = c.column_name AND s.index_name = 'PRIMARY'
            WHERE c.table_schema = DATABASE() AND c.table_name = {table}
            """)
        .ToListAsync();

    public Task<List<string>> IndexesAsync(DbContext context, string table) => context.Database
        .SqlQuery<string>(
            $"""
            SELECT CONCAT(GROUP_CONCAT(column_name ORDER BY seq_in_index), ' ', 1 - non_unique) AS Value
            FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND table_name = {table} AND index_name <> 'PRIMARY'
            GROUP BY index_name, non_unique
            """)
        .ToListAsync();

    public Task<List<string>> ForeignKeysAsync(DbContext context, string table) => context.Database
        .SqlQuery<string>(
            $"""
            SELECT CONCAT(k.column_name, ' ', k.referenced_table_name, ' ', LOWER(r.delete_rule)) AS Value
            FROM information_schema.key_column_usage k
            JOIN information_schema.referential_constraints r
                ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
            WHERE k.table_schema = DATABASE() AND k.table_name = {table}
            """)
        .ToListAsync();

    public async ValueTask DisposeAsync()
    {
        await using var home = Provider.Home();
        await home.Database.EnsureDeletedAsync();
        await using var history = Provider.History();
        await history.Database.EnsureDeletedAsync();
    }
}
