using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;

namespace MaoApi.Hosting;

/// <summary>
/// Takes log events off the requests and writes them together a moment later: no request wakes a writer. What does not fit is dropped and
/// counted. Safe from any thread.
/// </summary>
internal sealed class LogBatches : ILogEventSink, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<LogEvent> _waiting = new();
    private readonly Lock _writing = new();
    private readonly Logger _target;
    private readonly int _mostWaiting;
    private readonly ITimer _timer;
    private int _count;
    private int _dropped;
    private long _droppedEver;

    /// <summary>The target is disposed with it.</summary>
    public LogBatches(Logger target, int mostWaiting, TimeProvider time)
    {
        _target = target;
        _mostWaiting = mostWaiting;
        _timer = time.CreateTimer(static state => ((LogBatches)state!).Write(), this, Interval, Interval);
    }

    /// <summary>Lines dropped since the start.</summary>
    public long Dropped => Interlocked.Read(ref _droppedEver);

    public void Emit(LogEvent logEvent)
    {
        if (Interlocked.Increment(ref _count) > _mostWaiting)
        {
            Interlocked.Decrement(ref _count);
            Interlocked.Increment(ref _dropped);
            Interlocked.Increment(ref _droppedEver);
            return;
        }

        _waiting.Enqueue(logEvent);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Write();
        _target.Dispose();
    }

    private void Write()
    {
        lock (_writing)
        {
            while (_waiting.TryDequeue(out var logEvent))
            {
                Interlocked.Decrement(ref _count);
                _target.Write(logEvent);
            }

            if (Interlocked.Exchange(ref _dropped, 0) is var dropped and > 0)
            {
                _target.Warning("{Dropped} lines of this log were dropped: they came faster than they could be written", dropped);
            }
        }
    }
}
