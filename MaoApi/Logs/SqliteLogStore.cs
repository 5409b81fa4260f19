using System.Globalization;
using MaoApi.Hosting;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MaoApi.Logs;

/// <summary>
/// The embedded log store: a file of its own, so that whatever happens to it happens to nothing else. One writer at a time; readers are not
/// held up by it. A question that takes longer than its limit is broken off.
/// </summary>
internal sealed class SqliteLogStore : ILogStore, ILogWriter, IDisposable
{
    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(10);

    private static readonly string[] Fields =
    [
        "timestamp", "severity", "app", "mtaccount", "compname", "module", "funcName", "lineno", "levelName", "thread", "topic", "topicId",
        "message", "stacktrace", "fileLog", "rid", "event",
    ];

    private static readonly string Insert =
        $"INSERT INTO logs ({string.Join(", ", Fields)}) VALUES ({string.Join(", ", Fields.Select(field => "$" + field))})";

    private readonly string _connectionString;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writing = new(1);
    private volatile bool _exists;

    public SqliteLogStore(DataFolder folder, TimeProvider time)
    {
        _time = time;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = folder.LogDatabase, DefaultTimeout = 5 }.ToString();
    }

    public Task AppendAsync(LogBatch batch, CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction();
            InsertAll(connection, transaction, batch.Records);
            if (batch.Position is { } position)
            {
                Execute(
                    connection,
                    transaction,
                    "INSERT INTO positions VALUES ($file, $offset, $long) ON CONFLICT (file) DO UPDATE SET offset = $offset, in_long_line = $long",
                    ("$file", position.File),
                    ("$offset", position.Offset),
                    ("$long", position.InLongLine));
            }

            transaction.Commit();
            return 0;
        },
        cancellationToken);

    public Task<LogPosition?> PositionAsync(string file, CancellationToken cancellationToken) => ReadAsync(
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT offset, in_long_line FROM positions WHERE file = $file";
            command.Parameters.AddWithValue("$file", file);
            using var row = command.ExecuteReader();
            return row.Read() ? new LogPosition(file, row.GetInt64(0), row.GetBoolean(1)) : null;
        },
        cancellationToken);

    public bool IsId(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    public Task<IReadOnlyList<LogRecord>> SearchAsync(LogFilter filter, LogCursor? before, int limit, CancellationToken cancellationToken)
    {
        var query = new SqliteLogQuery(filter);
        if (before is { } cursor)
        {
            query.Before(cursor);
        }

        return ReadAsync(connection => query.Read(connection, "timestamp DESC, id DESC", limit), cancellationToken);
    }

    public Task<LogSlice> ReadAfterAsync(LogFilter filter, string after, int limit, CancellationToken cancellationToken) => ReadAsync(
        connection =>
        {
            var first = long.Parse(after, CultureInfo.InvariantCulture);
            var last = LastId(connection);
            var records = last <= first ? [] : new SqliteLogQuery(filter).Between(first, last).Read(connection, "id", limit);
            return new LogSlice(records, records.Count == limit ? records[^1].Id : Text(Math.Max(first, last)));
        },
        cancellationToken);

    public Task<string> LastIdAsync(CancellationToken cancellationToken) => ReadAsync(connection => Text(LastId(connection)), cancellationToken);

    public Task<int> DeleteBeforeAsync(DateTimeOffset time, int most, CancellationToken cancellationToken) => WriteAsync(
        connection => Execute(
            connection,
            null,
            "DELETE FROM logs WHERE id IN (SELECT id FROM logs WHERE timestamp < $time ORDER BY timestamp LIMIT $most)",
            ("$time", time.ToUnixTimeMilliseconds()),
            ("$most", most)),
        cancellationToken);

    public void Dispose()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _writing.Dispose();
    }

    private static void InsertAll(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<LogRecord> records)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Insert;
        var parameters = Array.ConvertAll(Fields, field => command.Parameters.Add("$" + field, SqliteType.Text));
        foreach (var record in records)
        {
            object?[] values =
            [
                record.Timestamp.ToUnixTimeMilliseconds(), LogLevels.Severity(record.LevelName), record.App, record.Account, record.Machine,
                record.Module, record.FuncName, record.LineNumber, record.LevelName, record.Thread, record.Topic, record.TopicId,
                record.Message, record.StackTrace, record.FileLog, record.Rid, record.Event,
            ];
            for (var i = 0; i < values.Length; i++)
            {
                parameters[i].ResetSqliteType();
                parameters[i].Value = values[i] ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }

    private static int Execute(
        SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command.ExecuteNonQuery();
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static long LastId(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(MAX(id), 0) FROM logs";
        return (long)command.ExecuteScalar()!;
    }

    private async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await AskAsync(write, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) => AskAsync(read, cancellationToken);

    /// <summary>SQLite works on the thread that calls it, so it gets one of its own and can be interrupted there.</summary>
    private Task<T> AskAsync<T>(Func<SqliteConnection, T> question, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var deadline = new CancellationTokenSource(QuestionLimit, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                using var connection = Open();
                using var interruption = either.Token.Register(() => raw.sqlite3_interrupt(connection.Handle!));
                return question(connection);
            }
            catch (SqliteException fault) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(fault.Message, fault, cancellationToken);
            }
            catch (SqliteException fault)
            {
                throw new LogStoreException(deadline.IsCancellationRequested ? "the log store did not answer in time" : fault.Message, fault);
            }
        },
        cancellationToken);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            if (!_exists)
            {
                SqliteLogSchema.Ensure(connection);
                _exists = true;
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
