namespace MaoApi.Logs;

/// <summary>How long ago all that this process is to bring into the log store was there. Safe from any thread.</summary>
internal sealed class LogLag(TimeProvider time)
{
    private long _storedAt = time.GetTimestamp();

    public TimeSpan Now => time.GetElapsedTime(Volatile.Read(ref _storedAt));

    /// <summary>All that was there at a moment is stored.</summary>
    public void StoredAt(long timestamp) => Volatile.Write(ref _storedAt, timestamp);
}
