namespace MaoApi.Logs;

/// <summary>
/// Where the platform's log is kept and searched. Thread-safe. Every method throws <see cref="LogStoreException"/> where the store
/// cannot be reached or does not answer in time; nothing else of the gateway depends on it.
/// </summary>
internal interface ILogStore
{
    /// <summary>Stores all of a batch, with the position of its file, or nothing of it.</summary>
    Task AppendAsync(LogBatch batch, CancellationToken cancellationToken);

    /// <summary>The position stored for a file; null where none was.</summary>
    Task<LogPosition?> PositionAsync(string file, CancellationToken cancellationToken);

    /// <summary>The newest events first, those before <paramref name="before"/> where it is given.</summary>
    Task<IReadOnlyList<LogRecord>> SearchAsync(LogFilter filter, LogCursor? before, int limit, CancellationToken cancellationToken);

    /// <summary>Events stored after the one numbered <paramref name="after"/>, in the order they were stored.</summary>
    Task<LogSlice> ReadAfterAsync(LogFilter filter, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The number of the last event; 0 where there is none.</summary>
    Task<long> LastIdAsync(CancellationToken cancellationToken);

    /// <summary>Deletes the oldest events before a time, at most so many. Returns how many it were.</summary>
    Task<int> DeleteBeforeAsync(DateTimeOffset time, int most, CancellationToken cancellationToken);
}

/// <summary>The log store cannot be reached, or did not answer in time.</summary>
internal sealed class LogStoreException(string message, Exception? inner = null) : Exception(message, inner);
