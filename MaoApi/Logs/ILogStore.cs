namespace MaoApi.Logs;

/// <summary>
/// Where the platform's log is searched. Thread-safe. Every method throws <see cref="LogStoreException"/> where the store
/// cannot be reached or does not answer in time; nothing else of the gateway depends on it.
/// </summary>
internal interface ILogStore
{
    /// <summary>Whether a text could be the id of an event of this store.</summary>
    bool IsId(string text);

    /// <summary>The newest events first, those before <paramref name="before"/> where it is given.</summary>
    Task<IReadOnlyList<LogRecord>> SearchAsync(LogFilter filter, LogCursor? before, int limit, CancellationToken cancellationToken);

    /// <summary>Events stored after the one with the id <paramref name="after"/>, in the order they were stored.</summary>
    Task<LogSlice> ReadAfterAsync(LogFilter filter, string after, int limit, CancellationToken cancellationToken);

    /// <summary>The id of the last event; where there is none, one that every event comes after.</summary>
    Task<string> LastIdAsync(CancellationToken cancellationToken);

    /// <summary>Deletes the oldest events before a time, at most so many. Returns how many it were.</summary>
    Task<int> DeleteBeforeAsync(DateTimeOffset time, int most, CancellationToken cancellationToken);
}

/// <summary>The log store cannot be reached, or did not answer in time.</summary>
internal sealed class LogStoreException(string message, Exception? inner = null) : Exception(message, inner);
