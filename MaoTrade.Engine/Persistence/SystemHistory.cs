using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Market.Frames;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>What systems keep, read beside the trade loop. Thread-safe: one reader at a time.</summary>
internal sealed class SystemHistory : ISystemData, IDisposable
{
    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;

    public SystemHistory(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        StoreCommands.Execute(_connection, "PRAGMA query_only=ON; PRAGMA busy_timeout=5000");
    }

    public (string Document, DateTimeOffset SavedAt)? StateOf(string signalId)
    {
        var found = Read(
            "SELECT document, saved FROM system_states WHERE signal_id = $1",
            row => (row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))), signalId);
        return found.Count == 0 ? null : found[0];
    }

    public IReadOnlyList<(string Area, string Name, SeriesKind Kind, IReadOnlyList<ChartPoint> Points)> ChartOf(string signalId)
    {
        var points = Read(
                "SELECT area, name, frame, value FROM chart_points WHERE signal_id = $1 ORDER BY frame",
                row => (Series: (row.GetString(0), row.GetString(1)), Point: new ChartPoint(row.GetInt64(2), row.GetDouble(3))), signalId)
            .ToLookup(row => row.Series, row => row.Point);
        return
        [
            .. Read(
                "SELECT area, name, kind FROM chart_series WHERE signal_id = $1 ORDER BY area, name",
                row => (Area: row.GetString(0), Name: row.GetString(1), Kind: (SeriesKind)row.GetInt32(2)), signalId)
                .Select(row => (row.Area, row.Name, row.Kind, (IReadOnlyList<ChartPoint>)[.. points[(row.Area, row.Name)]])),
        ];
    }

    public IReadOnlyList<(long Number, DateTimeOffset At, JournalLine Line)> LogOf(string signalId, long after, int limit) => Read(
        "SELECT id, at, severity, message, push_title FROM system_log WHERE signal_id = $1 AND id > $2 ORDER BY id LIMIT $3",
        row => (
            row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            new JournalLine((Severity)row.GetInt32(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4))),
        signalId, after, limit);

    public string? ValueOf(string signalId, string key) => Read(
        "SELECT value FROM system_store WHERE signal_id = $1 AND key = $2", row => row.GetString(0), signalId, key).FirstOrDefault();

    /// <summary>Events the gateway does not have yet, oldest first.</summary>
    public IReadOnlyList<StoredEvent> WaitingEvents(int limit) => Read(
        "SELECT id, event_id, at, type, severity, signal_id, title, message FROM events ORDER BY id LIMIT $1",
        row => new StoredEvent(
            row.GetInt64(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            new EngineEvent(
                row.GetString(3), (Severity)row.GetInt32(4), row.IsDBNull(5) ? null : row.GetString(5), row.GetString(6), row.GetString(7))),
        limit);

    /// <summary>Which bars the gateway may not have yet, and the start of the last one of each.</summary>
    public IReadOnlyList<(LiveSeries Series, long Last)> WaitingSeries() => Read(
        "SELECT epic, time_frame, max(frame) FROM bars GROUP BY epic, time_frame",
        row => (new LiveSeries(row.GetString(0), row.GetInt32(1)), row.GetInt64(2)));

    /// <summary>Bars the gateway may not have yet, in the order of time.</summary>
    public IReadOnlyList<Frame> WaitingBars(LiveSeries series, long after, int limit) => Read(
        "SELECT frame, open, high, low, close, volume FROM bars WHERE epic = $1 AND time_frame = $2 AND frame > $3 ORDER BY frame LIMIT $4",
        row => new Frame(
            row.GetInt64(0), decimal.Parse(row.GetString(1)), decimal.Parse(row.GetString(2)), decimal.Parse(row.GetString(3)),
            decimal.Parse(row.GetString(4)), decimal.Parse(row.GetString(5))),
        series.Epic, series.TimeFrameSeconds, after, limit);

    public void Dispose() => _connection.Dispose();

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object> values)
    {
        lock (_lock)
        {
            using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file, no outside text.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue($"${i + 1}", values[i]);
            }

            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(map(reader));
            }

            return rows;
        }
    }
}
