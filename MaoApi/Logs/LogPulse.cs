using Serilog.Core;
using Serilog.Events;

namespace MaoApi.Logs;

/// <summary>When this process last wrote an event for the collector. Safe from any thread.</summary>
internal sealed class LogPulse : ILogEventSink
{
    private long _lastAt;

    /// <summary>Unix milliseconds; 0 where it has written none.</summary>
    public long LastUnixMilliseconds => Volatile.Read(ref _lastAt);

    public void Emit(LogEvent logEvent) => Volatile.Write(ref _lastAt, logEvent.Timestamp.ToUnixTimeMilliseconds());
}
