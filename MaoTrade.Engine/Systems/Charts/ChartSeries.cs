namespace MaoTrade.Engine.Systems.Charts;

/// <summary>
/// A series of points in an area of a system's chart, bounded: the oldest points go. Added to by the system in its calls;
/// kept by the framework across restarts.
/// </summary>
public sealed class ChartSeries
{
    /// <summary>Points kept of a series.</summary>
    public const int MostPoints = 5_000;

    private readonly SystemChart _chart;
    private readonly Queue<ChartPoint> _points = new();

    internal ChartSeries(SystemChart chart, string area, string name, SeriesKind kind)
    {
        _chart = chart;
        Area = area;
        Name = name;
        Kind = kind;
    }

    public string Area { get; }

    public string Name { get; }

    public SeriesKind Kind { get; }

    /// <summary>Its points, oldest first.</summary>
    public IReadOnlyCollection<ChartPoint> Points => _points;

    /// <summary>The newest point; null when there is none.</summary>
    public ChartPoint? Last { get; private set; }

    /// <summary>Adds a point; frames grow, and what is not a number is left out.</summary>
    public void Add(long frame, double value)
    {
        if (!double.IsFinite(value) || frame <= Last?.Frame)
        {
            return;
        }

        var dropped = Keep(new ChartPoint(frame, value));
        _chart.Note(new ChartChange(this, new ChartPoint(frame, value), dropped));
    }

    /// <summary>Takes a stored point back.</summary>
    internal long? Keep(ChartPoint point)
    {
        _points.Enqueue(point);
        Last = point;
        return _points.Count > MostPoints ? _points.Dequeue().Frame : null;
    }
}
