namespace MaoTrade.Engine.Persistence.Sqlite;

/// <summary>Statements as SQLite has them.</summary>
internal sealed class SqliteSql : StoreSql
{
    public override string Upsert(string table, IReadOnlyList<string> columns, params IReadOnlyList<string> kept) =>
        $"""
        INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({Parameters(columns)})
        ON CONFLICT ({columns[0]}) DO UPDATE SET {string.Join(", ", columns.Skip(1).Except(kept).Select(column => $"{column} = excluded.{column}"))}
        """;

    // Documents of the first versions lie as bytes.
    public override string JsonText(string column, string member) => $"json_extract(CAST({column} AS TEXT), '$.{member}')";
}
