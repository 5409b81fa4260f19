using MaoTrade.Market.Charts.Scales;
using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Layers;

/// <summary>The area between a value at each bar and a level.</summary>
/// <param name="Values">As many as bars.</param>
/// <param name="Floor">The level.</param>
/// <param name="Ink">Its colour.</param>
public sealed record AreaLayer(IReadOnlyList<double> Values, double Floor, Ink Ink) : Layer
{
    /// <summary>What a value is called where somebody points at it.</summary>
    public Func<double, string> Format { get; init; } = Text;

    public double Opacity { get; init; } = 0.14;

    public override (Ink Ink, double Dash) Sample => (Ink, 0);

    public override (double Low, double High) Range
    {
        get
        {
            var (low, high) = RangeOf(Values);
            return (Math.Min(low, Floor), Math.Max(high, Floor));
        }
    }

    public override void Draw(Drawing drawing, BarAxis axis, ValueScale scale)
    {
        var floor = scale.Y(Floor);
        foreach (var (first, end) in Runs(Values))
        {
            var spots = Spots(Values, first, end, axis, scale);
            drawing.Add(new Area(Ink, [new Spot(spots[0].X, floor), .. spots, new Spot(spots[^1].X, floor)], Opacity));
            drawing.Add(new Stroke(Ink, spots.Count == 1 ? [spots[0], spots[0]] : spots, spots.Count == 1 ? 4 : 1.5));
        }
    }

    public override string? Tell(int first, int count, ValueScale scale) =>
        double.IsFinite(Values[first + count - 1]) ? $"{Name} {Format(Values[first + count - 1])}" : null;
}
