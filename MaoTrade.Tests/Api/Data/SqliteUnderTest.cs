using MaoApi.Data;
using MaoApi.Hosting;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Data;

/// <summary>Files in a folder of their own.</summary>
internal sealed class SqliteUnderTest : IDatabaseUnderTest
{
    private readonly TemporaryFolder _temp = new();
    private readonly DataFolder _folder;

    public SqliteUnderTest()
    {
        _folder = DataFolder.Open(_temp.Path);
        Provider = new SqliteDatabase(_folder);
    }

    public IDatabaseProvider Provider { get; }

    public string File => _folder.Database;

    public Task<List<string>> ColumnsAsync(DbContext context, string table) => context.Database
        .SqlQuery<string>(
            $"SELECT name || ' ' || lower(type) || CASE \"notnull\" WHEN 1 THEN '' ELSE ' null' END || ' ' || pk AS Value FROM pragma_table_info({table})")
        .ToListAsync();

    public Task<List<string>> IndexesAsync(DbContext context, string table) => context.Database
        .SqlQuery<string>(
            $"""
            SELECT group_concat(name, ',') || ' ' || "unique" AS Value FROM (
                SELECT list.name AS list, list."unique", info.name, info.seqno
                FROM pragma_index_list({table}) AS list, pragma_index_info(list.name) AS info
                WHERE list.origin = 'c' ORDER BY list.name, info.seqno)
            GROUP BY list
            """)
        .ToListAsync();

    public Task<List<string>> ForeignKeysAsync(DbContext context, string table) => context.Database
        .SqlQuery<string>($"SELECT \"from\" || ' ' || \"table\" || ' ' || lower(on_delete) AS Value FROM pragma_foreign_key_list({table})")
        .ToListAsync();

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
        _temp.Dispose();
        return ValueTask.CompletedTask;
    }
}
