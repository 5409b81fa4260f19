using Serilog.Core;
using Serilog.Events;

namespace MaoTrade.Engine.Logs;

/// <summary>Remembers the thread that logged: events are written by another.</summary>
internal sealed class LogThread : ILogEventEnricher
{
    public const string Property = "Thread";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
        logEvent.AddPropertyIfAbsent(new LogEventProperty(Property, new ScalarValue(Environment.CurrentManagedThreadId)));
}
