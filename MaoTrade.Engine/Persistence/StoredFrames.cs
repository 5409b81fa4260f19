namespace MaoTrade.Engine.Persistence;

/// <summary>
/// Starts of the frames that are stored of each series, so that the oldest is dropped by its key and not looked for with
/// every bar. Frames of a series come in the order of time. Owned by the trade loop.
/// </summary>
/// <param name="connection">The database.</param>
/// <param name="sql">Reads the starts of one series, in order.</param>
/// <param name="keyOf">What names a series in it: $1, $2 …</param>
internal sealed class StoredFrames<T>(IStoreReader connection, string sql, Func<T, object[]> keyOf)
    where T : notnull
{
    private readonly Dictionary<T, List<long>> _starts = [];

    /// <summary>Notes a frame; the starts of those that are no longer kept; at least one is.</summary>
    public IReadOnlyList<long> Add(T series, long start, int keep)
    {
        if (!_starts.TryGetValue(series, out var starts))
        {
            // The frame itself is stored already.
            _starts[series] = starts = connection.Read(sql, row => row.GetInt64(0), keyOf(series));
        }
        else if (starts.Count == 0 || start > starts[^1])
        {
            starts.Add(start);
        }

        var dropped = starts.Count > keep ? starts.GetRange(0, starts.Count - keep) : [];
        starts.RemoveRange(0, dropped.Count);
        return dropped;
    }

    public void Forget(T series) => _starts.Remove(series);

    /// <summary>Frames between two starts, both included, are gone.</summary>
    public void Forget(T series, long first, long last) => _starts.GetValueOrDefault(series)?.RemoveAll(start => start >= first && start <= last);
}
