using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MaoTrade.Protocol.Metrics;

/// <summary>Listens to a process's own meters and keeps what Prometheus asks for. Thread-safe.</summary>
public sealed class MetricReader : IDisposable
{
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _reading = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="meters">Whose instruments are on the page; there may be others of their names.</param>
    public MetricReader(params Meter[] meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (meters.Contains(instrument.Meter, ReferenceEqualityComparer.Instance))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument.Name, _ => MetricFamily.Of(instrument)));
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>The page of all metrics, in the text format of Prometheus.</summary>
    public string Read()
    {
        lock (_reading)
        {
            foreach (var family in _families.Values.Where(family => family.IsObserved))
            {
                family.Forget();
            }

            _listener.RecordObservableInstruments();
            return PrometheusText.Write(_families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    /// <summary>Ends the listening.</summary>
    public void Dispose() => _listener.Dispose();
}
