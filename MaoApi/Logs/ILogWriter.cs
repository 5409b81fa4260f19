namespace MaoApi.Logs;

/// <summary>A log store the gateway itself fills; another is filled by what collects the log. Thread-safe, and throws as <see cref="ILogStore"/> does.</summary>
internal interface ILogWriter
{
    /// <summary>Stores all of a batch, with the position of its file, or nothing of it.</summary>
    Task AppendAsync(LogBatch batch, CancellationToken cancellationToken);

    /// <summary>The position stored for a file; null where none was.</summary>
    Task<LogPosition?> PositionAsync(string file, CancellationToken cancellationToken);
}
