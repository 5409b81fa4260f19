using System.Globalization;
using MaoTrade.Market.Charts.Scales;
using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Layers;

/// <summary>Something shown in a panel, over the bars of its sheet.</summary>
public abstract record Layer
{
    /// <summary>Its name in the legend; empty = none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Colour and dash of its sample in the legend.</summary>
    public virtual (Ink Ink, double Dash) Sample => (Ink.Text, 0);

    /// <summary>Lowest and highest value, not finite where it has none.</summary>
    public abstract (double Low, double High) Range { get; }

    /// <summary>Draws it.</summary>
    public abstract void Draw(Drawing drawing, BarAxis axis, ValueScale scale);

    /// <summary>What is told of some bars; null = nothing.</summary>
    public virtual string? Tell(int first, int count, ValueScale scale) => null;

    /// <summary>A value where somebody points at: exact enough to act on.</summary>
    protected static string Text(double value) => Math.Abs(value) switch
    {
        >= 1_000_000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 1_000 => value.ToString("#,0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("G6", CultureInfo.InvariantCulture),
    };

    /// <summary>Values of each column as its lowest and highest in the order they come, first and last kept: no peak is lost.</summary>
    protected static IEnumerable<(int Bar, double Value)> Extremes(IReadOnlyList<double> values, int first, int end, int barsEach)
    {
        for (var column = first; column < end; column += barsEach)
        {
            var until = Math.Min(end, column + barsEach);
            var (low, high) = (column, column);
            for (var i = column; i < until; i++)
            {
                low = values[i] < values[low] ? i : low;
                high = values[i] > values[high] ? i : high;
            }

            foreach (var bar in new SortedSet<int> { column == first ? first : low, low, high, until == end ? end - 1 : high })
            {
                yield return (bar, values[bar]);
            }
        }
    }

    /// <summary>First and end of each run of numbers; what is no number is a gap.</summary>
    protected static IEnumerable<(int First, int End)> Runs(IReadOnlyList<double> values)
    {
        var first = -1;
        for (var i = 0; i <= values.Count; i++)
        {
            var isNumber = i < values.Count && double.IsFinite(values[i]);
            if (isNumber && first < 0)
            {
                first = i;
            }
            else if (!isNumber && first >= 0)
            {
                yield return (first, i);
                first = -1;
            }
        }
    }

    /// <summary>Lowest and highest number.</summary>
    protected static (double Low, double High) RangeOf(IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite))
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return (low, high);
    }

    /// <summary>The places of a run of values.</summary>
    protected static List<Spot> Spots(IReadOnlyList<double> values, int first, int end, BarAxis axis, ValueScale scale) =>
        [.. Extremes(values, first, end, axis.BarsPerColumn(1)).Select(point => new Spot(axis.X(point.Bar), scale.Y(point.Value)))];
}
