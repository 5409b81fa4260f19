namespace MaoApi.Logs;

/// <summary>New events, oldest first, and the number up to which all have been looked at.</summary>
internal sealed record LogSlice(IReadOnlyList<LogRecord> Records, long LastId);
