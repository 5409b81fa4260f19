namespace MaoTrade.Engine.Persistence;

/// <summary>The statements in which databases differ; all others are the same for each.</summary>
public abstract class StoreSql
{
    /// <summary>Puts a row in, or changes the one with its key. A violation of another unique key is an error.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">All columns, the key first: their values are $1, $2 …</param>
    /// <param name="kept">Columns that an existing row keeps as they are.</param>
    public abstract string Upsert(string table, IReadOnlyList<string> columns, params IReadOnlyList<string> kept);

    /// <summary>A text member of a column that holds a JSON object; NULL where it is missing.</summary>
    public abstract string JsonText(string column, string member);

    /// <summary>The numbers of some columns as parameters: $1, $2 …</summary>
    protected static string Parameters(IReadOnlyList<string> columns) => string.Join(", ", columns.Select((_, index) => $"${index + 1}"));
}
