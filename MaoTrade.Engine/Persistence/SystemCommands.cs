using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>Writes what systems keep: states, logs, charts, datastores.</summary>
internal sealed class SystemCommands(SqliteConnection connection) : IDisposable
{
    /// <summary>Lines kept of a signal's log.</summary>
    private const int MostLines = 1_000;

    private readonly PreparedCommand _putState = new(
        connection,
        """
        INSERT INTO system_states (signal_id, document, saved) VALUES ($1, $2, $3)
        ON CONFLICT (signal_id) DO UPDATE SET document = excluded.document, saved = excluded.saved
        """);

    private readonly PreparedCommand _putLine = new(
        connection, "INSERT INTO system_log (signal_id, at, severity, message, push_title) VALUES ($1, $2, $3, $4, $5)");

    private readonly PreparedCommand _trimLines = new(
        connection,
        $"""
        DELETE FROM system_log WHERE signal_id = $1 AND id <=
          (SELECT id FROM system_log WHERE signal_id = $1 ORDER BY id DESC LIMIT 1 OFFSET {MostLines})
        """);

    private readonly PreparedCommand _putSeries = new(
        connection, "INSERT OR REPLACE INTO chart_series (signal_id, area, name, kind) VALUES ($1, $2, $3, $4)");

    private readonly PreparedCommand _putPoint = new(
        connection, "INSERT OR REPLACE INTO chart_points (signal_id, area, name, frame, value) VALUES ($1, $2, $3, $4, $5)");

    private readonly PreparedCommand _dropPoints = new(
        connection, "DELETE FROM chart_points WHERE signal_id = $1 AND area = $2 AND name = $3 AND frame <= $4");

    private readonly PreparedCommand _putValue = new(
        connection, "INSERT OR REPLACE INTO system_store (signal_id, key, value) VALUES ($1, $2, $3)");

    private readonly PreparedCommand _dropValue = new(connection, "DELETE FROM system_store WHERE signal_id = $1 AND key = $2");

    private readonly PreparedCommand _putCorrupt = new(
        connection, "INSERT INTO corrupt_states (signal_id, at, document) VALUES ($1, $2, $3)");

    private readonly PreparedCommand _dropState = new(connection, "DELETE FROM system_states WHERE signal_id = $1");

    private readonly PreparedCommand[] _dropSignal =
    [
        .. new[] { "system_states", "system_log", "chart_series", "chart_points", "system_store" }
            .Select(table => new PreparedCommand(connection, $"DELETE FROM {table} WHERE signal_id = $1")),
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
