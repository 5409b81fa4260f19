using MaoTrade.Market.Charts.Scales;
using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Layers;

/// <summary>A level across the panel, such as 30 and 70 of a relative strength.</summary>
/// <param name="Value">Where.</param>
public sealed record LevelLayer(double Value) : Layer
{
    public override (double Low, double High) Range => (Value, Value);

    public override void Draw(Drawing drawing, BarAxis axis, ValueScale scale) => drawing.Add(new Stroke(
        Ink.Soft, [new(axis.Left, scale.Y(Value)), new(axis.Left + axis.Width, scale.Y(Value))], 1, 4));
}
