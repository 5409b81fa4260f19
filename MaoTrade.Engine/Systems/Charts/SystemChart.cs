namespace MaoTrade.Engine.Systems.Charts;

/// <summary>The chart of a system: areas with series, declared once, filled in its calls.</summary>
public sealed class SystemChart
{
    /// <summary>Series of one chart.</summary>
    public const int MostSeries = 32;

    private readonly List<ChartSeries> _series = [];
    private readonly List<ChartChange> _changes = [];

    /// <summary>All series in the order they were declared in.</summary>
    public IReadOnlyList<ChartSeries> Series => _series;

    /// <summary>Declares a series, or finds it.</summary>
    /// <param name="area">Name of the area, for people.</param>
    /// <param name="name">Name of the series, unique in its area.</param>
    /// <param name="kind">How it is drawn.</param>
    /// <exception cref="InvalidOperationException">There would be too many.</exception>
    public ChartSeries Declare(string area, string name, SeriesKind kind = SeriesKind.Line)
    {
        if (_series.Find(series => series.Area == area && series.Name == name) is { } known)
        {
            return known;
        }

        if (_series.Count == MostSeries)
        {
            throw new InvalidOperationException($"a chart has at most {MostSeries} series");
        }

        var made = new ChartSeries(this, area, name, kind);
        _series.Add(made);
        return made;
    }

    /// <summary>Gives the stored points back to the series that are declared.</summary>
    internal void Restore(IEnumerable<StoredPoint> points)
    {
        foreach (var point in points)
        {
            _series.Find(series => series.Area == point.Area && series.Name == point.Series)?.Keep(new ChartPoint(point.Frame, point.Value));
        }
    }

    internal void Note(ChartChange change) => _changes.Add(change);

    /// <summary>Whether points were added since the last call.</summary>
    internal bool HasChanges => _changes.Count > 0;

    /// <summary>The points of the last call are in the rows of its input, or nobody stores them.</summary>
    internal void ForgetChanges() => _changes.Clear();

    /// <summary>Puts the points of the last call into the rows of its input.</summary>
    internal void AddChanges(string signalId, List<(string SignalId, ChartChange Change)> rows)
    {
        foreach (var change in _changes)
        {
            rows.Add((signalId, change));
        }
    }
}
