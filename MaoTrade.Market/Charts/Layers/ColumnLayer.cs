using MaoTrade.Market.Charts.Scales;
using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Layers;

/// <summary>A column from 0 at each bar; of bars that share one, the value that lies farthest from 0.</summary>
/// <param name="Values">As many as bars; what is no number has no column.</param>
public sealed record ColumnLayer(IReadOnlyList<double> Values) : Layer
{
    private const double Narrowest = 2;

    /// <summary>Whether columns above and below 0 have the colours of won and lost; else all are of one.</summary>
    public bool IsSigned { get; init; } = true;

    public Func<double, string> Format { get; init; } = Text;

    public override (Ink Ink, double Dash) Sample => (IsSigned ? Ink.Up : Ink.Soft, 0);

    public override (double Low, double High) Range
    {
        get
        {
            var (low, high) = RangeOf(Values);
            return (Math.Min(low, 0), Math.Max(high, 0));
        }
    }

    public override void Draw(Drawing drawing, BarAxis axis, ValueScale scale)
    {
        var each = axis.BarsPerColumn(Narrowest);
        var zero = scale.Y(0);
        var width = Math.Max(1, axis.Step * each * 0.7);
        foreach (var (first, count) in axis.Columns(each))
        {
            var value = Farthest(first, count);
            if (value != 0)
            {
                var y = scale.Y(value);
                drawing.Add(Area.Box(
                    IsSigned ? value > 0 ? Ink.Up : Ink.Down : Ink.Soft,
                    axis.X(first + ((count - 1) / 2.0)) - (width / 2), Math.Min(y, zero), width, Math.Max(0.8, Math.Abs(y - zero)), IsSigned ? 0.85 : 0.5));
            }
        }
    }

    public override string? Tell(int first, int count, ValueScale scale) => $"{Name} {Format(Farthest(first, count))}";

    private double Farthest(int first, int count)
    {
        var farthest = 0.0;
        for (var i = first; i < first + count; i++)
        {
            farthest = double.IsFinite(Values[i]) && Math.Abs(Values[i]) > Math.Abs(farthest) ? Values[i] : farthest;
        }

        return farthest;
    }
}
