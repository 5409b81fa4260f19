using MaoTrade.Engine.Persistence;

namespace MaoTrade.Engine.Production;

/// <summary>Statements as MySQL and MariaDB have them.</summary>
internal sealed class MySqlSql : StoreSql
{
    // ON DUPLICATE KEY UPDATE would change the row of any unique key: two statements tell the row's own key from the others.
    public override string Upsert(string table, IReadOnlyList<string> columns, params IReadOnlyList<string> kept)
    {
        var changed = columns.Index().Skip(1).Where(column => !kept.Contains(column.Item)).Select(column => $"{column.Item} = ${column.Index + 1}");
        return
            $"""
            UPDATE {table} SET {string.Join(", ", changed)} WHERE {columns[0]} = $1;
            INSERT INTO {table} ({string.Join(", ", columns)})
            SELECT {Parameters(columns)} FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {columns[0]} = $1)
            """;
    }

    public override string JsonText(string column, string member) => $"JSON_UNQUOTE(JSON_EXTRACT({column}, '$.{member}'))";
}
