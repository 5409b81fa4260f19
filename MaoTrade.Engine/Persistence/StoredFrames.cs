using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>
/// Starts of the frames that are stored of each signal, so that the oldest is dropped by its key and not looked for with
/// every bar. Frames of a signal come in the order of time. Owned by the trade loop.
/// </summary>
internal sealed class StoredFrames(SqliteConnection connection)
{
    private readonly Dictionary<string, List<long>> _starts = [];

    /// <summary>Notes a frame; the starts of those that are no longer kept; at least one is.</summary>
    public IReadOnlyList<long> Add(string signalId, long start, int keep)
    {
        if (!_starts.TryGetValue(signalId, out var starts))
        {
            // The frame itself is stored already.
            _starts[signalId] = starts = Read(signalId);
        }
        else if (start > starts[^1])
        {
            starts.Add(start);
        }

        var dropped = starts.Count > keep ? starts.GetRange(0, starts.Count - keep) : [];
        starts.RemoveRange(0, dropped.Count);
        return dropped;
    }

    public void Forget(string signalId) => _starts.Remove(signalId);

    private List<long> Read(string signalId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT frame FROM frames WHERE signal_id = $id ORDER BY frame";
        command.Parameters.AddWithValue("$id", signalId);
        using var row = command.ExecuteReader();
        var starts = new List<long>();
        while (row.Read())
        {
            starts.Add(row.GetInt64(0));
        }

        return starts;
    }
}
