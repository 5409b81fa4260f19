namespace MaoApi.Logs;

/// <summary>New events, oldest first, and the id up to which all have been looked at.</summary>
internal sealed record LogSlice(IReadOnlyList<LogRecord> Records, string LastId);
