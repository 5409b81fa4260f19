using MaoTrade.Market.Charts.Scales;
using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Layers;

/// <summary>A value at each bar; what is no number is a gap.</summary>
/// <param name="Values">As many as bars.</param>
/// <param name="Ink">Its colour.</param>
public sealed record LineLayer(IReadOnlyList<double> Values, Ink Ink) : Layer
{
    /// <summary>Pixels drawn and left out in turn; 0 = without gaps.</summary>
    public double Dash { get; init; }

    public double Width { get; init; } = 1.5;

    public override (Ink Ink, double Dash) Sample => (Ink, Dash);

    public override (double Low, double High) Range => RangeOf(Values);

    public override void Draw(Drawing drawing, BarAxis axis, ValueScale scale)
    {
        foreach (var (first, end) in Runs(Values))
        {
            // A point alone is a dot: round ends around no length.
            var spots = Spots(Values, first, end, axis, scale);
            drawing.Add(spots.Count == 1 ? new Stroke(Ink, [spots[0], spots[0]], Width * 2) : new Stroke(Ink, spots, Width, Dash));
        }
    }

    public override string? Tell(int first, int count, ValueScale scale) =>
        double.IsFinite(Values[first + count - 1]) ? $"{Name} {Text(Values[first + count - 1])}" : null;
}
