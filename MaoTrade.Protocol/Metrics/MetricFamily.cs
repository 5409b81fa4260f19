using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MaoTrade.Protocol.Metrics;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>All series of one instrument; their number is bounded, what comes later is counted together.</summary>
internal sealed class MetricFamily(Instrument instrument, MetricKind kind)
{
    public const int MaxSeries = 10_000;

    private const int MaxLabels = 4;
    private const string Other = "other";

    /// <summary>Seconds; from what an engine on the same machine takes to what nobody waits for.</summary>
    private static readonly double[] SecondsBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<LabelValues, MetricSeries> _series = new();
    private string[] _labels = [];

    public string Name => instrument.Name;

    public string Help => instrument.Description ?? instrument.Name;

    public MetricKind Kind => kind;

    /// <summary>Whether the values are asked for when somebody reads; those of an earlier reading count no longer.</summary>
    public bool IsObserved => instrument.IsObservable;

    public IReadOnlyList<string> Labels => _labels;

    public double[] Bounds { get; } = kind == MetricKind.Histogram ? SecondsBounds : [];

    public IEnumerable<KeyValuePair<LabelValues, MetricSeries>> Series => _series;

    public static MetricFamily Of(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        var kind = type == typeof(Histogram<>) ? MetricKind.Histogram
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
        return new MetricFamily(instrument, kind);
    }

    public void Forget() => _series.Clear();

    public void Record(double measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(tags);
        if (kind == MetricKind.Histogram)
        {
            series.Observe(measurement);
        }
        else if (IsObserved || kind == MetricKind.Gauge && instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>))
        {
            series.Set(measurement);
        }
        else
        {
            series.Add(measurement);
        }
    }

    private static string Value(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index) =>
        index < tags.Length ? tags[index].Value as string ?? tags[index].Value?.ToString() ?? "" : "";

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var values = new LabelValues(Value(tags, 0), Value(tags, 1), Value(tags, 2), Value(tags, 3));
        if (_series.TryGetValue(values, out var series))
        {
            return series;
        }

        if (_labels.Length == 0 && tags.Length > 0)
        {
            var labels = new string[Math.Min(tags.Length, MaxLabels)];
            for (var i = 0; i < labels.Length; i++)
            {
                labels[i] = tags[i].Key;
            }

            _labels = labels;
        }

        return _series.Count < MaxSeries
            ? _series.GetOrAdd(values, static (_, bounds) => new MetricSeries(bounds), Bounds)
            : _series.GetOrAdd(new LabelValues(Other, Other, Other, Other), static (_, bounds) => new MetricSeries(bounds), Bounds);
    }
}
