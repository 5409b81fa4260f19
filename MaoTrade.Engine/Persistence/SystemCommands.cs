using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading;

namespace MaoTrade.Engine.Persistence;

/// <summary>Writes what systems keep: states, logs, charts, datastores.</summary>
internal sealed class SystemCommands(IStoreConnection connection, StoreSql sql) : IDisposable
{
    /// <summary>Lines kept of a signal's log.</summary>
    private const int MostLines = 1_000;

    private readonly IStoreStatement _putState = connection.Prepare(sql.Upsert("system_states", ["signal_id", "document", "saved"]));

    private readonly IStoreStatement _putLine = connection.Prepare(
        "INSERT INTO system_log (signal_id, at, severity, message, push_title) VALUES ($1, $2, $3, $4, $5)");

    // The table behind a name of its own: MySQL changes none that the same statement reads.
    private readonly IStoreStatement _trimLines = connection.Prepare(
        $"""
        DELETE FROM system_log WHERE signal_id = $1 AND id <=
          (SELECT id FROM (SELECT id FROM system_log WHERE signal_id = $1 ORDER BY id DESC LIMIT 1 OFFSET {MostLines}) AS old)
        """);

    private readonly IStoreStatement _putSeries = connection.Prepare(
        "REPLACE INTO chart_series (signal_id, area, name, kind) VALUES ($1, $2, $3, $4)");

    private readonly IStoreStatement _putPoint = connection.Prepare(
        "REPLACE INTO chart_points (signal_id, area, name, frame, value) VALUES ($1, $2, $3, $4, $5)");

    private readonly IStoreStatement _dropPoints = connection.Prepare(
        "DELETE FROM chart_points WHERE signal_id = $1 AND area = $2 AND name = $3 AND frame <= $4");

    private readonly IStoreStatement _putValue = connection.Prepare(
        "REPLACE INTO system_store (signal_id, `key`, value) VALUES ($1, $2, $3)");

    private readonly IStoreStatement _dropValue = connection.Prepare("DELETE FROM system_store WHERE signal_id = $1 AND `key` = $2");

    private readonly IStoreStatement _putCorrupt = connection.Prepare(
        "INSERT INTO corrupt_states (signal_id, at, document) VALUES ($1, $2, $3)");

    private readonly IStoreStatement _dropState = connection.Prepare("DELETE FROM system_states WHERE signal_id = $1");

    private readonly IStoreStatement[] _dropSignal =
    [
        .. new[] { "system_states", "system_log", "chart_series", "chart_points", "system_store" }
            .Select(table => connection.Prepare($"DELETE FROM {table} WHERE signal_id = $1")),
    ];

    /// <summary>Series whose row was written since the store was opened.</summary>
    private readonly HashSet<(string SignalId, ChartSeries Series)> _series = [];

    public void Write(ChangeSet change)
    {
        foreach (var (signalId, at, document) in change.CorruptStates)
        {
            _putCorrupt.Run(signalId, at.ToUnixTimeMilliseconds(), document);
            _dropState.Run(signalId);
        }

        foreach (var (signalId, snapshot) in change.SystemStates)
        {
            _putState.Run(signalId, snapshot.Document, change.At.ToUnixTimeMilliseconds());
        }

        WriteLog(change.SystemLog);
        foreach (var (signalId, point) in change.Chart)
        {
            Write(signalId, point);
        }

        foreach (var (signalId, key, value) in change.Datastore)
        {
            if (value is null)
            {
                _dropValue.Run(signalId, key);
            }
            else
            {
                _putValue.Run(signalId, key, value);
            }
        }
    }

    /// <summary>A deleted signal leaves nothing behind.</summary>
    public void Drop(string signalId)
    {
        foreach (var command in _dropSignal)
        {
            command.Run(signalId);
        }

        _series.RemoveWhere(series => series.SignalId == signalId);
    }

    public void Dispose()
    {
        foreach (var command in new[]
        {
            _putState, _putLine, _trimLines, _putSeries, _putPoint, _dropPoints, _putValue, _dropValue, _putCorrupt, _dropState,
        })
        {
            command.Dispose();
        }

        foreach (var command in _dropSignal)
        {
            command.Dispose();
        }
    }

    private void WriteLog(List<(string SignalId, DateTimeOffset At, JournalLine Line)> lines)
    {
        foreach (var (signalId, at, line) in lines)
        {
            _putLine.Run(
                signalId, at.ToUnixTimeMilliseconds(), (int)line.Severity, line.Message, (object?)line.PushTitle ?? DBNull.Value);
        }

        foreach (var signalId in lines.Select(line => line.SignalId).Distinct())
        {
            _trimLines.Run(signalId);
        }
    }

    private void Write(string signalId, ChartChange change)
    {
        var (series, point, dropThrough) = change;
        if (_series.Add((signalId, series)))
        {
            _putSeries.Run(signalId, series.Area, series.Name, (int)series.Kind);
        }

        _putPoint.Run(signalId, series.Area, series.Name, point.Frame, point.Value);
        if (dropThrough is { } frame)
        {
            _dropPoints.Run(signalId, series.Area, series.Name, frame);
        }
    }
}
