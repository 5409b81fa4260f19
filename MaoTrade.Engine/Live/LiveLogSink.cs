using Serilog.Core;
using Serilog.Events;

namespace MaoTrade.Engine.Live;

/// <summary>Hands the lines of the log to those who listen.</summary>
internal sealed class LiveLogSink(LiveFeed feed) : ILogEventSink
{
    public void Emit(LogEvent logEvent) => feed.Offer(logEvent);
}
