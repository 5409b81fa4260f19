using System.Threading.Channels;
using Serilog.Core;
using Serilog.Events;

namespace MaoApi.Logs;

/// <summary>
/// The gateway's own events on their way to the log store. It never waits: what does not fit is counted and dropped. Lines of requests have
/// a place of their own, so that however many there are they take none from a warning. Safe from any thread.
/// </summary>
/// <param name="app">Which program they are of.</param>
internal sealed class LogFeed(string app) : ILogEventSink
{
    private const int MaxUrgent = 10_000;
    private const int MaxCommon = 2_000;

    private readonly Channel<LogEvent> _urgent = Channel.CreateBounded<LogEvent>(MaxUrgent);
    private readonly Channel<LogEvent> _common = Channel.CreateBounded<LogEvent>(MaxCommon);
    private long _dropped;

    public string App => app;

    /// <summary>Events that did not fit, or that the store did not take, since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public void Emit(LogEvent logEvent)
    {
        var lane = logEvent.Level >= LogEventLevel.Warning ? _urgent : _common;
        if (!lane.Writer.TryWrite(logEvent))
        {
            Drop(1);
        }
    }

    public void Drop(int count) => Interlocked.Add(ref _dropped, count);

    /// <summary>Takes what waits, at most so many, warnings first.</summary>
    public List<LogEvent> Take(int most)
    {
        var events = new List<LogEvent>();
        while (events.Count < most && (_urgent.Reader.TryRead(out var next) || _common.Reader.TryRead(out next)))
        {
            events.Add(next);
        }

        return events;
    }
}
