using System.Collections.Concurrent;
using Serilog.Sinks.Async;

namespace MaoTrade.Engine.Logs;

/// <summary>Log lines that did not fit into what waits for a file or for standard output. Safe from any thread.</summary>
public sealed class LogDrops : IAsyncLogEventSinkMonitor
{
    private readonly ConcurrentDictionary<IAsyncLogEventSinkInspector, bool> _sinks = new();

    /// <summary>Since the start.</summary>
    public long Count => _sinks.Keys.Sum(sink => sink.DroppedMessagesCount);

    public void StartMonitoring(IAsyncLogEventSinkInspector inspector) => _sinks.TryAdd(inspector, true);

    public void StopMonitoring(IAsyncLogEventSinkInspector inspector)
    {
        // What it dropped stays counted.
    }
}
