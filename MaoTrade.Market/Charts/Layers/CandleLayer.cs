using System.Globalization;
using MaoTrade.Market.Charts.Scales;
using MaoTrade.Market.Charts.Shapes;
using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Charts.Layers;

/// <summary>Candles: hollow where the price rose, filled where it fell. Bars that share a column are one candle, with their highest and lowest.</summary>
/// <param name="Bars">One for each bar of the sheet.</param>
public sealed record CandleLayer(IReadOnlyList<Frame> Bars) : Layer
{
    /// <summary>Pixels of a candle with the room beside it, at least.</summary>
    public const double Narrowest = 3;

    private const double BodyPart = 0.7;

    public override (double Low, double High) Range => ((double)Bars.Min(bar => bar.Low), (double)Bars.Max(bar => bar.High));

    public override void Draw(Drawing drawing, BarAxis axis, ValueScale scale)
    {
        var each = axis.BarsPerColumn(Narrowest);
        foreach (var (first, count) in axis.Columns(each))
        {
            var candle = Join(first, count);
            var ink = candle.Close >= candle.Open ? Ink.Up : Ink.Down;
            var x = axis.X(first + ((count - 1) / 2.0));
            var half = axis.Step * each * BodyPart / 2;
            var (top, bottom) = (scale.Y((double)Math.Max(candle.Open, candle.Close)), scale.Y((double)Math.Min(candle.Open, candle.Close)));
            drawing.Add(new Stroke(ink, [new(x, scale.Y((double)candle.High)), new(x, scale.Y((double)candle.Low))]));
            var isThin = bottom - top < 1.2;
            if (isThin)
            {
                drawing.Add(new Stroke(ink, [new(x - half, (top + bottom) / 2), new(x + half, (top + bottom) / 2)], 1.2));
                continue;
            }

            drawing.Add(Area.Box(ink, x - half, top, half * 2, bottom - top));
            if (ink == Ink.Up && half > 1.1)
            {
                drawing.Add(Area.Box(Ink.Ground, x - half + 0.9, top + 0.9, (half - 0.9) * 2, Math.Max(0.1, bottom - top - 1.8)));
            }
        }
    }

    public override string? Tell(int first, int count, ValueScale scale)
    {
        var candle = Join(first, count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"open {candle.Open:0.########}, high {candle.High:0.########}, low {candle.Low:0.########}, close {candle.Close:0.########}");
    }

    private Frame Join(int first, int count)
    {
        var candle = Bars[first];
        for (var i = first + 1; i < first + count; i++)
        {
            candle = candle with { High = Math.Max(candle.High, Bars[i].High), Low = Math.Min(candle.Low, Bars[i].Low), Close = Bars[i].Close };
        }

        return candle;
    }
}
