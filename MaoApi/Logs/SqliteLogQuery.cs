using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace MaoApi.Logs;

/// <summary>A question to the embedded log store: conditions are put together, values are always parameters.</summary>
internal sealed class SqliteLogQuery
{
    private const string Columns =
        "id, timestamp, app, mtaccount, compname, module, funcName, lineno, levelName, thread, topic, topicId, message, stacktrace, fileLog, rid, event";

    private readonly List<string> _conditions = [];
    private readonly List<SqliteParameter> _parameters = [];

    public SqliteLogQuery(LogFilter filter)
    {
        Add(filter.Level is { } level ? LogLevels.Severity(level) : null, "severity >= ");
        Add(filter.App, "app = ");
        Add(filter.Account, "mtaccount = ");
        Add(filter.Rid, "rid = ");
        Add(filter.From?.ToUnixTimeMilliseconds(), "timestamp >= ");
        Add(filter.To?.ToUnixTimeMilliseconds(), "timestamp < ");
        if (filter.Text is { } text)
        {
            Add(Words(text), "id IN (SELECT rowid FROM logs_words WHERE logs_words MATCH ", ")");
        }
    }

    public SqliteLogQuery Before(LogCursor cursor)
    {
        Add(cursor.UnixMilliseconds, "(timestamp, id) < (", $", {long.Parse(cursor.Id, CultureInfo.InvariantCulture)})");
        return this;
    }

    public SqliteLogQuery Between(long after, long last)
    {
        Add(after, "id > ");
        Add(last, "id <= ");
        return this;
    }

    public IReadOnlyList<LogRecord> Read(SqliteConnection connection, string order, int limit)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM logs {Where()} ORDER BY {order} LIMIT {limit}";
        command.Parameters.AddRange(_parameters);
        using var reader = command.ExecuteReader();
        var records = new List<LogRecord>();
        while (reader.Read())
        {
            records.Add(Record(reader));
        }

        return records;
    }

    /// <summary>
    /// The words, each as a literal of the full-text language so that nothing typed is an operator of it; the last may be a beginning.
    /// Text without a word finds nothing.
    /// </summary>
    private static string Words(string text)
    {
        var words = new StringBuilder();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Any(char.IsLetterOrDigit)))
        {
            words.Append('"').Append(word.Replace("\"", "\"\"", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)).Append("\" ");
        }

        return words.Length == 0 ? "\"\"" : words.ToString().TrimEnd() + "*";
    }

    private static LogRecord Record(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0).ToString(CultureInfo.InvariantCulture),
        Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
        App = row.GetString(2),
        Account = row.GetString(3),
        Machine = row.GetString(4),
        Module = row.GetString(5),
        FuncName = Text(row, 6),
        LineNumber = row.IsDBNull(7) ? null : row.GetInt32(7),
        LevelName = row.GetString(8),
        Thread = Text(row, 9),
        Topic = Text(row, 10),
        TopicId = Text(row, 11),
        Message = row.GetString(12),
        StackTrace = Text(row, 13),
        FileLog = Text(row, 14),
        Rid = Text(row, 15),
        Event = Text(row, 16),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private string Where() => _conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", _conditions);

    private void Add(object? value, string before, string after = "")
    {
        if (value is not null)
        {
            var name = $"$p{_parameters.Count}";
            _conditions.Add(before + name + after);
            _parameters.Add(new SqliteParameter(name, value));
        }
    }
}
