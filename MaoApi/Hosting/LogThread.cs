using Serilog.Core;
using Serilog.Events;

namespace MaoApi.Hosting;

/// <summary>Remembers the thread that logged: events are written by another.</summary>
internal sealed class LogThread : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
        logEvent.AddPropertyIfAbsent(new LogEventProperty("Thread", new ScalarValue(Environment.CurrentManagedThreadId)));
}
