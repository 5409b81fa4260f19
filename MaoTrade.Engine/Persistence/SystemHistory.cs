using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Persistence;

/// <summary>What systems keep, read beside the trade loop. Thread-safe.</summary>
internal sealed class SystemHistory(IStoreReader store) : ISystemData
{
    public (string Document, DateTimeOffset SavedAt)? StateOf(string signalId)
    {
        var found = store.Read(
            "SELECT document, saved FROM system_states WHERE signal_id = $1",
            row => (row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))), signalId);
        return found.Count == 0 ? null : found[0];
    }

    public IReadOnlyList<(string Area, string Name, SeriesKind Kind, IReadOnlyList<ChartPoint> Points)> ChartOf(string signalId)
    {
        var points = store.Read(
                "SELECT area, name, frame, value FROM chart_points WHERE signal_id = $1 ORDER BY frame",
                row => (Series: (row.GetString(0), row.GetString(1)), Point: new ChartPoint(row.GetInt64(2), row.GetDouble(3))), signalId)
            .ToLookup(row => row.Series, row => row.Point);
        return
        [
            .. store.Read(
                "SELECT area, name, kind FROM chart_series WHERE signal_id = $1 ORDER BY area, name",
                row => (Area: row.GetString(0), Name: row.GetString(1), Kind: (SeriesKind)row.GetInt32(2)), signalId)
                .Select(row => (row.Area, row.Name, row.Kind, (IReadOnlyList<ChartPoint>)[.. points[(row.Area, row.Name)]])),
        ];
    }

    public IReadOnlyList<(long Number, DateTimeOffset At, JournalLine Line)> LogOf(string signalId, long after, int limit) => store.Read(
        "SELECT id, at, severity, message, push_title FROM system_log WHERE signal_id = $1 AND id > $2 ORDER BY id LIMIT $3",
        row => (
            row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            new JournalLine((Severity)row.GetInt32(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4))),
        signalId, after, limit);

    public string? ValueOf(string signalId, string key) => store.Read(
        "SELECT value FROM system_store WHERE signal_id = $1 AND `key` = $2", row => row.GetString(0), signalId, key).FirstOrDefault();

    /// <summary>Events the gateway does not have yet, oldest first.</summary>
    public IReadOnlyList<StoredEvent> WaitingEvents(int limit) => store.Read(
        "SELECT id, event_id, at, type, severity, signal_id, title, message FROM events ORDER BY id LIMIT $1",
        row => new StoredEvent(
            row.GetInt64(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            new EngineEvent(
                row.GetString(3), (Severity)row.GetInt32(4), row.IsDBNull(5) ? null : row.GetString(5), row.GetString(6), row.GetString(7))),
        limit);

    /// <summary>Which bars the gateway may not have yet, and the start of the last one of each.</summary>
    public IReadOnlyList<(LiveSeries Series, long Last)> WaitingSeries() => store.Read(
        "SELECT epic, time_frame, max(frame) FROM bars GROUP BY epic, time_frame",
        row => (new LiveSeries(row.GetString(0), row.GetInt32(1)), row.GetInt64(2)));

    /// <summary>Bars the gateway may not have yet, in the order of time.</summary>
    public IReadOnlyList<Frame> WaitingBars(LiveSeries series, long after, int limit) => store.Read(
        "SELECT frame, open, high, low, close, volume FROM bars WHERE epic = $1 AND time_frame = $2 AND frame > $3 ORDER BY frame LIMIT $4",
        row => new Frame(
            row.GetInt64(0), decimal.Parse(row.GetString(1)), decimal.Parse(row.GetString(2)), decimal.Parse(row.GetString(3)),
            decimal.Parse(row.GetString(4)), decimal.Parse(row.GetString(5))),
        series.Epic, series.TimeFrameSeconds, after, limit);
}
