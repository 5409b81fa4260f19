namespace MaoApi.Logs;

/// <summary>Events that are stored together or not at all, and how far the file they come from has been read with them.</summary>
internal sealed record LogBatch(IReadOnlyList<LogRecord> Records, LogPosition? Position = null);

/// <summary>How far a file has been read.</summary>
/// <param name="File">Its path below the data folder.</param>
/// <param name="Offset">The first byte not stored yet.</param>
/// <param name="InLongLine">Whether that byte lies in a line whose beginning is stored: the rest of it is passed over.</param>
internal sealed record LogPosition(string File, long Offset, bool InLongLine);
